using System.CommandLine;
using System.CommandLine.Invocation;
using Operator.Hosting;
using Operator.Local;
using Operator.Resources.Commands;

var root = new RootCommand("Operator for SSTP gateways, their DNS names and their certificates.")
{
    RunCommand.Create(),
    LocalCommand.Create(),
    ApiServerCommand.Create(),
    CrdsCommand.Create(),
};

var parsed = root.Parse(args);
// A mistake is a line or two; a screen of help behind it would push it out of sight. Who gives no verb is shown which there are.
if (parsed.Action is ParseErrorAction mistake)
    mistake.ShowHelp = parsed.CommandResult.Command.Action is null && parsed.UnmatchedTokens.Count == 0;

// SIGTERM is ours: without this the process would be ended two seconds after it, in the middle of what it does.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
