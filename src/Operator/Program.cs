using System.CommandLine;
using Operator.Resources.Commands;

var root = new RootCommand("Operator for SSTP gateways, their DNS names and their certificates.")
{
    CrdsCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
