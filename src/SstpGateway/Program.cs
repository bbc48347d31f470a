using System.CommandLine;
using SstpGateway.Commands;

var root = new RootCommand("SSTP VPN gateway: PPP over TLS on TCP 443, from one configuration file.")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    SecretCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
