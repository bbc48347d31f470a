using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SstpClient.Connect;
using SstpProtocol.Sessions;
using SstpTransport.Linux;
using SstpTransport.Pumping;

namespace SstpClient.Commands;

/// <summary><c>sstp-client connect</c>: a tunnel for this host.</summary>
internal static class ConnectCommand
{
    public static Command Create()
    {
        var server = new ServerOptions();
        var device = new Option<string>("--device")
        {
            Description = "Name of the tunnel device.", DefaultValueFactory = _ => "sstp0",
        };
        var mtu = new Option<int>("--mtu") { Description = "MTU inside the tunnel in bytes.", DefaultValueFactory = _ => 1400 };
        var routes = new Option<RouteMode>("--routes")
        {
            Description = "What goes through the tunnel: pushed (what the server names), all, or none.",
            DefaultValueFactory = _ => RouteMode.Pushed,
        };
        var noDns = new Option<bool>("--no-dns") { Description = "Leave /etc/resolv.conf alone." };
        var redial = new Option<bool>("--redial") { Description = "Call again when the call ends." };
        var command = new Command(
            "connect",
            "Connect this host; Ctrl-C disconnects. Needs CAP_NET_ADMIN. Exit code 0 after a good-bye, else as for probe.")
        {
            device, mtu, routes, noDns, redial,
        };
        server.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(() => new ConnectSettings
        {
            Call = server.Read(parsed),
            Device = parsed.GetRequiredValue(device),
            Mtu = parsed.GetValue(mtu),
            Routes = parsed.GetValue(routes),
            ConfigureDns = !parsed.GetValue(noDns),
            Redial = parsed.GetValue(redial),
        }));
        return command;
    }

    private static async Task<int> RunAsync(Func<ConnectSettings> read)
    {
        using var hangUp = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, HangUp);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, HangUp);
        try
        {
            var client = new TunnelClient(read(), new MonotonicClock(TimeProvider.System), Console.WriteLine);
            var end = await client.RunAsync(hangUp.Token).ConfigureAwait(false);
            return end?.Cause switch
            {
                SessionEndCause.LocalDisconnect or SessionEndCause.PeerDisconnected => 0,
                null when hangUp.IsCancellationRequested => 0,
                SessionEndCause.AuthenticationFailed => 7,
                _ => 1,
            };
        }
        catch (Exception e)
            when (e is SystemCallException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }

        void HangUp(PosixSignalContext context)
        {
            context.Cancel = true;
            hangUp.Cancel();
        }
    }
}
