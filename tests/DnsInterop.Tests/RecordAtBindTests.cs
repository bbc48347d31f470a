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
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") is { Length: > 0 };
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
        await using var record = new RecordAtBind("theirs", """
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

    [RequiresFact("named", "dig", "ip")]
    public async Task A_server_that_is_down_for_a_minute_has_the_right_record_soon_after()
    {
        await using var record = new RecordAtBind("minute", """
            "source":{"kind":"Push","push":{"tokenSecret":{"name":"p","key":"t"}},"allowedRanges":["203.0.113.0/24"]},"verification":{"mode":"Off"}
            """);
        record.Report("203.0.113.1");
        await record.PassAsync();
        await BindPair.HasAsync(BindPair.Primary, record.Fqdn, "A", "203.0.113.1");

        await bind.StopPrimaryAsync();
        record.Report("203.0.113.2");
        var minute = record.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        while (record.Time.GetUtcNow() < minute)
        {
            var status = await record.PassAsync();
            Assert.Equal("ProviderTransient", status.Conditions.Single(condition => condition.Type == "Published").Reason);
            await WaitAsync(record);
        }

        await bind.StartPrimaryAsync();
        var back = record.Time.GetUtcNow();
        while ((await record.PassAsync()).Published is not ["203.0.113.2"])
        {
            Assert.True(record.Time.GetUtcNow() - back < TimeSpan.FromMinutes(2), "not within two minutes");
            await WaitAsync(record);
        }

        await BindPair.HasAsync(BindPair.Secondary, record.Fqdn, "A", "203.0.113.2");
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_wrong_secret_is_said_in_the_status_with_what_to_do_and_nothing_is_sent_again()
    {
        await using var record = new RecordAtBind("unsigned", """
            "source":{"kind":"Static","static":{"addresses":["203.0.113.1"]}}
            """, secret: Convert.ToBase64String(new byte[32]));

        var status = await record.PassAsync();

        var ready = status.Conditions.Single(condition => condition.Type == "Ready");
        Assert.Equal("Auth", ready.Reason);
        Assert.Contains("BADSIG", ready.Message, StringComparison.Ordinal);
        Assert.Contains("check the Secret", ready.Message, StringComparison.Ordinal);
        Assert.Equal("Auth", status.Lockout?.Class);
        Assert.Null(status.NextAttempt);
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_secondary_that_stays_behind_is_named_in_the_status()
    {
        await using var record = new RecordAtBind("behind", """
            "source":{"kind":"Static","static":{"addresses":["203.0.113.1"]}}
            """, BindPair.StaleZone);
        await record.PassAsync();

        record.Time.Ahead = TimeSpan.FromHours(3);
        var status = await record.PassAsync();

        var verified = status.Conditions.Single(condition => condition.Type == "Verified");
        Assert.Equal("StaleServer", verified.Reason);
        Assert.Contains($"ns2.{BindPair.StaleZone}", verified.Message, StringComparison.Ordinal);
        Assert.Contains("Warning StaleServer", record.Events);
        Assert.Equal([true, false], status.Observed.Select(answer => answer.Agrees));
    }

    // In the long run the minute is a minute; otherwise the clock of the record is put forward.
    private static async Task WaitAsync(RecordAtBind record)
    {
        if (IsLong) await Task.Delay(record.Again > TimeSpan.Zero ? record.Again : TimeSpan.FromMilliseconds(100));
        else record.Time.Ahead += record.Again > TimeSpan.Zero ? record.Again : TimeSpan.FromSeconds(1);
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
