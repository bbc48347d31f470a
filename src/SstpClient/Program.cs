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

return await root.Parse(args).InvokeAsync();
