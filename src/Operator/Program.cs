using System.CommandLine;

var root = new RootCommand("Operator for SSTP gateways, their DNS names and their certificates.");
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
