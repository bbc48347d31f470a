using System.CommandLine;
using System.CommandLine.Invocation;
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

var parsed = root.Parse(args);
// A mistake is a line or two; a screen of help behind it would push it out of sight. Who gives no verb is shown which there are.
if (parsed.Action is ParseErrorAction mistake)
    mistake.ShowHelp = parsed.CommandResult.Command.Action is null && parsed.UnmatchedTokens.Count == 0;

// Signals are ours: without this the process would be ended two seconds after one, good-bye said or not.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
