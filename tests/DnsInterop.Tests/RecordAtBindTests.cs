using System.Net;
using System.Net.Sockets;
using DnsInterop.Tests.Bind;
using Operator.Resources;
using TestSupport.Prerequisites;
using TestSupport.Waiting;

namespace DnsInterop.Tests;

[Collection(BindCollection.Name)]
public sealed class RecordAtBindTests(BindPair bind)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [RequiresFact("named", "dig", "nsupdate", "ip")]
    public async Task A_record_is_published_verified_at_both_servers_and_repaired_when_somebody_changes_it()
    {
        await using var record = new RecordAtBind("kept", """
            "source":{"kind":"Static","static":{"addresses":["203.0.113.1"]}},"verification":{"interval":"30s"}
            """);
        await record.PassAsync();
        await BindPair.HasAsync(BindPair.Secondary, record.Fqdn, "A", "203.0.113.1");
        record.Time.Ahead = TimeSpan.FromSeconds(10);
        var verified = (await record.PassAsync()).Conditions.Single(condition => condition.Type == "Verified");
        Assert.Equal("AllServersAgree", verified.Reason);

        await bind.NsupdateAsync($"update delete {record.Fqdn} A", $"update add {record.Fqdn} 60 A 203.0.113.66");
        await BindPair.HasAsync(BindPair.Secondary, record.Fqdn, "A", "203.0.113.66");
        record.Time.Ahead = TimeSpan.FromSeconds(120);
        await record.PassAsync();

        Assert.Contains("Warning Drifted", record.Events);
        await BindPair.HasAsync(BindPair.Secondary, record.Fqdn, "A", "203.0.113.1");
    }

    [RequiresFact("named", "dig", "nsupdate", "ip")]
    public async Task A_record_of_somebody_is_left_alone_and_that_is_said()
    {
        await using var record = new RecordAtBind("foreign", """
            "source":{"kind":"Static","static":{"addresses":["203.0.113.1"]}}
            """);
        await bind.NsupdateAsync($"update add {record.Fqdn} 60 A 203.0.113.77");

        var status = await record.PassAsync();

        Assert.Equal("ForeignRecord", status.Conditions.Single(condition => condition.Type == "Ready").Reason);
        Assert.Equal(["203.0.113.77"], await BindPair.DigAsync(BindPair.Primary, record.Fqdn, "A"));
        Assert.Contains("Warning ForeignRecord", record.Events);
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task When_the_first_of_two_servers_dies_the_name_moves_and_a_client_that_dials_again_gets_through()
    {
        using var second = Listen("127.0.0.3");
        var port = ((IPEndPoint)second.LocalEndPoint!).Port;
        var first = Listen("127.0.0.2", port);
        await using var record = new RecordAtBind("moving", $$"""
            "failover":{"holdDown":"0s","check":{"kind":"Tcp","port":{{port}},"interval":"1s","timeout":"1s","rise":1,"fall":3},
              "targets":[{"name":"a","priority":10,"addresses":["127.0.0.2"]},{"name":"b","priority":20,"addresses":["127.0.0.3"]}]}
            """);
        await AtAsync(record, "127.0.0.2");
        await DialAsync(record.Fqdn, port);

        first.Dispose();
        await AtAsync(record, "127.0.0.3");
        await DialAsync(record.Fqdn, port);
        Assert.Contains("Normal Switched", record.Events);

        using var again = Listen("127.0.0.2", port);
        await AtAsync(record, "127.0.0.2");
        await DialAsync(record.Fqdn, port);
    }

    // Passes as the queue would make them, until the zone's primary says what is expected.
    private static Task AtAsync(RecordAtBind record, string address) =>
        Eventually.TrueAsync($"{record.Fqdn} at {address}", Deadline, async () =>
        {
            await record.PassAsync();
            return (await BindPair.DigAsync(BindPair.Primary, record.Fqdn, "A")).SequenceEqual([address]);
        });

    private static async Task DialAsync(string name, int port)
    {
        var address = IPAddress.Parse((await BindPair.DigAsync(BindPair.Primary, name, "A")).Single());
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(address, port);
    }

    private static Socket Listen(string address, int port = 0)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        socket.Listen();
        return socket;
    }
}
