using System.Net;
using System.Text;
using Operator.Dns;
using Operator.Dns.Resolving;
using Operator.Dns.Sources;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Dns.Sources;

/// <summary>Name servers that answer with the asker's address, over real sockets.</summary>
public sealed class DnsEchoSourceTests
{
    private const ushort A = 1;
    private const ushort Txt = 16;
    private const ushort Aaaa = 28;

    /// <summary>Bounds a failure: what is answered is answered in milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>For who has no answer to wait for.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Address_and_text_answers_that_agree_make_an_address()
    {
        await using var address = LoopbackDns.With(A, [9, 9, 9, 9]);
        await using var text = LoopbackDns.With(Txt, Text("9.9.9.9"));
        await using var wrong = LoopbackDns.With(A, [8, 8, 4, 4]);

        Assert.Equal(
            "9.9.9.9",
            Found(await ReadAsync((address, DnsEchoType.Address), (text, DnsEchoType.Txt), (wrong, DnsEchoType.Address))));
    }

    [Fact]
    public async Task Answers_that_disagree_make_none()
    {
        await using var one = LoopbackDns.With(A, [9, 9, 9, 9]);
        await using var two = LoopbackDns.With(A, [8, 8, 4, 4]);

        Assert.Equal(
            "SourcesDisagree",
            Assert.IsType<SourceReading.Unsure>(await ReadAsync((one, DnsEchoType.Address), (two, DnsEchoType.Address))).Reason);
    }

    [Theory]
    [InlineData("<html>", "no address")]
    [InlineData("9.9.9.9 8.8.4.4", "no address")]
    [InlineData("2620:fe::fe", "no address")]
    [InlineData("edns0-client-subnet 9.9.9.0/24", "no address")]
    public async Task A_text_that_is_no_address_is_none(string said, string problem)
    {
        await using var server = LoopbackDns.With(Txt, Text(said));

        Assert.Contains(
            problem, Assert.IsType<SourceReading.Failed>(await ReadAsync((server, DnsEchoType.Txt))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task None_or_two_records_where_one_is_due_are_none(int records)
    {
        await using var server = new LoopbackDns(query => LoopbackDns.Reply(query, A, [9, 9, 9, 9], records));

        Assert.Contains(
            $"{records} records", Assert.IsType<SourceReading.Failed>(await ReadAsync((server, DnsEchoType.Address))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_another_id_or_another_question_is_passed_over()
    {
        await using var otherId = new LoopbackDns(query =>
        {
            var reply = LoopbackDns.Reply(query, A, [9, 9, 9, 9]);
            reply[0] ^= 0xFF;
            return reply;
        });
        await using var otherName = new LoopbackDns(query =>
        {
            var reply = LoopbackDns.Reply(query, A, [9, 9, 9, 9]);
            reply[13] ^= 0x01;
            return reply;
        });

        Assert.IsType<SourceReading.Failed>(await ReadAsync(Brief, (otherId, DnsEchoType.Address)));
        Assert.IsType<SourceReading.Failed>(await ReadAsync(Brief, (otherName, DnsEchoType.Address)));
    }

    [Fact]
    public async Task Garbage_and_silence_are_no_address_and_no_exception()
    {
        await using var garbage = new LoopbackDns(_ => [0xFF, 0xFF, 0xFF]);
        await using var silent = new LoopbackDns(_ => null);
        await using var cut = new LoopbackDns(query => LoopbackDns.Reply(query, A, [9, 9, 9, 9])[..^3]);

        Assert.IsType<SourceReading.Failed>(await ReadAsync(Brief, (garbage, DnsEchoType.Address)));
        Assert.IsType<SourceReading.Failed>(await ReadAsync(Brief, (silent, DnsEchoType.Address)));
        Assert.IsType<SourceReading.Failed>(await ReadAsync(Brief, (cut, DnsEchoType.Address)));
    }

    [Fact]
    public async Task A_private_address_is_refused_unless_it_is_allowed()
    {
        await using var server = LoopbackDns.With(A, [192, 168, 1, 7]);

        Assert.Equal("NotPublic", Assert.IsType<SourceReading.Unsure>(await ReadAsync((server, DnsEchoType.Address))).Reason);
        Assert.Equal(
            "192.168.1.7",
            Found(await Source([(server, DnsEchoType.Address)], true, false, [IPNetwork.Parse("192.168.0.0/16")])
                .ReadAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Each_family_is_asked_at_servers_of_its_own()
    {
        await using var four = LoopbackDns.With(A, [9, 9, 9, 9]);
        await using var six = LoopbackDns.With(Aaaa, IPAddress.Parse("2620:fe::fe").GetAddressBytes(), IPAddress.IPv6Loopback);

        var reading = await Source([(four, DnsEchoType.Address), (six, DnsEchoType.Address)], true, true, [])
            .ReadAsync(CancellationToken.None);

        Assert.Equal("9.9.9.9, 2620:fe::fe", Found(reading));
    }

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static string Found(SourceReading reading) => Assert.IsType<SourceReading.Found>(reading).Addresses.ToString();

    private static Task<SourceReading> ReadAsync(params (LoopbackDns Server, DnsEchoType Type)[] servers) =>
        ReadAsync(Patience, servers);

    private static Task<SourceReading> ReadAsync(TimeSpan patience, params (LoopbackDns Server, DnsEchoType Type)[] servers) =>
        Source(servers, true, false, [], patience).ReadAsync(CancellationToken.None);

    private static DnsEchoSource Source(
        (LoopbackDns Server, DnsEchoType Type)[] servers, bool v4, bool v6, IPNetwork[] allowed,
        TimeSpan? patience = null) =>
        new(
            [.. servers.Select(
                server => new DnsEchoQuestion(server.Server.EndPoint, "whoami.example", server.Type, DnsEchoClass.IN))],
            2, new DnsExchange(TimeProvider.System, patience ?? Patience, attempts: 1),
            v4, v6, allowed, () => AddressSet.Empty);
}
