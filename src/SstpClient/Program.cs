using System.CommandLine;
using SstpClient.Calls;
using SstpClient.Commands;
using SstpClient.Probe;
using SstpTransport.Pumping;

var root = new RootCommand("SSTP VPN client for Linux.")
{
    ConnectCommand.Create(),
    ProbeCommand.Create(new ProbeLogin(new MonotonicClock(TimeProvider.System)), TimeProvider.System),
    LoadCommand.Create(),
};

// Signals are ours: without this the process would be ended two seconds after one, good-bye said or not.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
