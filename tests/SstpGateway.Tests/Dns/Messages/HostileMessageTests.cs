using DnsProtocol;
using SstpGateway.Dns.Messages;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns.Messages;

/// <summary>Valid messages, broken at random but the same way each time. What is read must hold; nothing may throw.</summary>
public sealed class HostileMessageTests
{
    private const int Count = 200_000;

    private static readonly byte[][] Seeds =
    [
        WireText.Query("www.corp.example", edns: RecordText.Edns(1232, options: [0, 10, 0, 2, 1, 2])),
        WireText.Reply(
            WireText.Query("www.corp.example"),
            [RecordText.Alias("a.example"), RecordText.Address("192.0.2.1") with { Owner = [1, (byte)'x', 0xC0, 16] }],
            [RecordText.StartOfAuthority(300, 60)], [RecordText.Address("2001:db8::1"), RecordText.Edns()]),
        WireText.Reply(WireText.Query("www.corp.example"), [], [RecordText.StartOfAuthority(300, 60)], flags: 0x8183),
    ];

    [Fact]
    public void Broken_queries_and_answers_are_judged_without_throwing_and_what_is_accepted_can_be_sent_on()
    {
        var random = new Random(20240501);
        var key = new AnswerKey(DnsName.ToKey(WireText.Name("www.corp.example")), RecordText.A, false, false);
        var asked = new UpstreamQuery(0x1234, WireText.Name("www.corp.example"), key, WithEdns: true);
        DnsQuery.Read(WireText.Query("www.corp.example"), out var client);
        int resolved = 0, answered = 0, refused = 0;

        for (var i = 0; i < Count; i++)
        {
            var message = Break(Seeds[i % Seeds.Length], random);

            if (DnsQuery.Read(message, out var query) == QueryVerdict.Resolve) resolved++;
            if (query is not null)
                Assert.True(ClientAnswer.Write(query, DnsResponseCode.ServerFailure).Length <= message.Length + Edns.Size);

            if (DnsAnswer.Read(message, asked, out var answer) != AnswerVerdict.Answered)
            {
                refused++;
                continue;
            }

            answered++;
            Assert.All(answer!.TtlOffsets, offset => Assert.InRange(offset, 12, answer.Message.Length - 6));
            Assert.InRange(answer.Lifetime, TimeSpan.Zero, TimeSpan.FromDays(1));
            ClientAnswer.Write(client!, answer, TimeSpan.FromSeconds(10), ClientAnswer.MaxTcpLength);
        }

        // The mutations must reach all three ways, or this test would show nothing.
        Assert.True(
            resolved > 1000 && answered > 1000 && refused > 1000, $"{resolved} resolved, {answered} answered, {refused} refused");
    }

    private static byte[] Break(byte[] seed, Random random)
    {
        var message = seed[..(random.Next(4) == 0 ? random.Next(seed.Length + 1) : seed.Length)];
        for (var changes = random.Next(4); changes > 0 && message.Length > 0; changes--)
            message[random.Next(message.Length)] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => 0xC0,
                _ => (byte)(message.Length - random.Next(8)),
            };
        return message;
    }
}
