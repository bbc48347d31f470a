using System.CommandLine;
using SstpGateway.Commands;

var root = new RootCommand("SSTP VPN gateway: PPP over TLS on TCP 443, from one configuration file.")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    SecretCommand.Create(),
};

// SIGTERM is ours: without this the process would be ended two seconds after it, in the middle of the drain.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
