using System.CommandLine;
using SstpClient.Commands;

var root = new RootCommand("SSTP VPN client for Linux.")
{
    ConnectCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
