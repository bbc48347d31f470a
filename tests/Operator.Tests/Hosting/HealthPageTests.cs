using System.Net;
using KubeApi.Credentials;
using Microsoft.Extensions.Logging;
using Operator.Hosting;
using TestSupport.Connections;
using TestSupport.Ports;
using TestSupport.Waiting;

namespace Operator.Tests.Hosting;

public sealed class HealthPageTests
{
    /// <summary>Every pod of a cluster may reach it.</summary>
    [Fact]
    public async Task Those_who_connect_and_wait_keep_out_no_probe()
    {
        var port = FreePort.Next();
        using var stopping = new CancellationTokenSource();
        await using var host = new OperatorHost(
            new OperatorOptions { HealthAddress = new IPEndPoint(IPAddress.Loopback, port), ElectsLeader = false },
            new ClusterAccess { Server = new Uri("http://127.0.0.1:1") },
            logging => logging.SetMinimumLevel(LogLevel.None));
        var running = host.RunAsync(stopping.Token);
        var waiting = new List<RawConnection>();
        try
        {
            await Eventually.TrueAsync("the page to be there", TimeSpan.FromMinutes(1), () => IsThereAsync(port));
            for (var i = 0; i < OperatorHost.MaxConnections + 20; i++)
                waiting.Add(await RawConnection.OpenAsync(port, 10 + (i / OperatorHost.MaxOfSender)));

            using var probe = await RawConnection.OpenAsync(port, 100);
            Assert.StartsWith("HTTP/1.1 ", await probe.AskAsync("/healthz"), StringComparison.Ordinal);
            await RawConnection.WaitUntilClosedAsync(waiting, 20);
        }
        finally
        {
            foreach (var connection in waiting) connection.Dispose();
            await stopping.CancelAsync();
            await running;
        }
    }

    private static async Task<bool> IsThereAsync(int port)
    {
        try
        {
            using var connection = await RawConnection.OpenAsync(port, 1);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
