using System.Net;
using System.Net.Sockets;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Files;

namespace LocalControlPlane.Tests.Serving;

/// <summary>What keeps the server from starting is said in a sentence, with what to do.</summary>
public sealed class CannotStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("start");

    [Fact]
    public async Task A_port_that_another_program_has_is_named()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();

        await Refused((IPEndPoint)other.LocalEndPoint!, "Give an address of this host, and a port that no other program has.");
    }

    [Fact]
    public async Task An_address_of_another_host_is_named() =>
        await Refused(new IPEndPoint(IPAddress.Parse("192.0.2.77"), 6443), "cannot listen on 192.0.2.77:6443");

    [Fact]
    public void A_folder_that_cannot_be_made_is_not_said_to_be_in_use()
    {
        File.WriteAllText(_folder.File("file"), "");

        var message = Assert.Throws<StorageException>(() => DataFolder.Open(_folder.File("file/data"))).Message;

        Assert.Contains("give a folder that this user can make and write", message, StringComparison.Ordinal);
        Assert.DoesNotContain("another sstp-operator", message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task Refused(IPEndPoint listen, string words)
    {
        var options = new ControlPlaneOptions(_folder.File("data")) { Listen = listen };

        var refusal = await Assert.ThrowsAsync<IOException>(
            () => ControlPlane.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
