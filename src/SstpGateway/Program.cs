using System.CommandLine;
using System.CommandLine.Invocation;
using SstpGateway.Commands;

var root = new RootCommand("SSTP VPN gateway: PPP over TLS on TCP 443, from one configuration file.")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    SecretCommand.Create(),
};

var parsed = root.Parse(args);
// A mistake is a line or two; a screen of help behind it would push it out of sight. Who gives no verb is shown which there are.
if (parsed.Action is ParseErrorAction mistake)
    mistake.ShowHelp = parsed.CommandResult.Command.Action is null && parsed.UnmatchedTokens.Count == 0;

// SIGTERM is ours: without this the process would be ended two seconds after it, in the middle of the drain.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
