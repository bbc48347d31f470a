using System.CommandLine;
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

// SIGTERM is ours: without this the process would be ended two seconds after it, in the middle of what it does.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
