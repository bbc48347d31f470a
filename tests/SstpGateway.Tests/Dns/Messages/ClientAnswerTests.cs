using DnsProtocol;
using SstpGateway.Dns.Messages;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns.Messages;

public sealed class ClientAnswerTests
{
    [Fact]
    public void Carries_the_clients_id_spelling_and_bits_and_claims_no_authority()
    {
        var query = Query(WireText.Query("WWW.Example", id: 7, flags: 0x0110));

        var answer = ClientAnswer.Write(query, Stored([RecordText.Address("192.0.2.1")], flags: 0x85B0), TimeSpan.Zero, 512);

        Assert.Equal(7, WireText.Id(answer));
        Assert.Equal("WWW.Example", WireText.QuestionName(answer));
        Assert.Equal(0x8190, WireText.Flags(answer));    // QR RD RA CD; AA and AD are gone
    }

    [Fact]
    public void Times_are_less_by_the_age_and_never_below_zero()
    {
        var stored = Stored([RecordText.Address("192.0.2.1", 100)]);
        var query = Query(WireText.Query("www.example"));

        Assert.Equal(100u, WireText.FirstTtl(ClientAnswer.Write(query, stored, TimeSpan.FromMilliseconds(999), 512)));
        Assert.Equal(70u, WireText.FirstTtl(ClientAnswer.Write(query, stored, TimeSpan.FromSeconds(30.5), 512)));
        Assert.Equal(0u, WireText.FirstTtl(ClientAnswer.Write(query, stored, TimeSpan.FromSeconds(500), 512)));
    }

    [Fact]
    public void Has_edns_only_for_who_sent_it()
    {
        var stored = Stored([RecordText.Address("192.0.2.1")], [RecordText.Edns()]);

        var without = ClientAnswer.Write(Query(WireText.Query("www.example")), stored, TimeSpan.Zero, 512);
        var with = ClientAnswer.Write(
            Query(WireText.Query("www.example", edns: RecordText.Edns(ttl: 0x8000))), stored, TimeSpan.Zero, 512);

        Assert.Equal((1, 1, 0, 0), WireText.Counts(without));
        Assert.Equal((1, 1, 0, 1), WireText.Counts(with));
        Assert.Equal([0, 0, 41, 0x04, 0xD0, 0, 0, 0x80, 0, 0, 0], with[^11..]);    // 1232 bytes, DO echoed
    }

    [Fact]
    public void Is_cut_to_its_question_when_it_does_not_fit()
    {
        var stored = Stored([RecordText.Text(600)]);
        var query = Query(WireText.Query("www.example", edns: RecordText.Edns(512)));

        var answer = ClientAnswer.Write(query, stored, TimeSpan.Zero, query.UdpLimit);

        Assert.True(WireText.IsTruncated(answer));
        Assert.Equal((1, 0, 0, 1), WireText.Counts(answer));
        Assert.Equal("www.example", WireText.QuestionName(answer));
    }

    [Fact]
    public void Fills_the_limit_to_the_last_byte()
    {
        var query = Query(WireText.Query("www.example"));
        var stored = Stored([RecordText.Text(512 - WireText.QuestionEnd(WireText.Query("www.example")) - 12)]);

        Assert.Equal(512, ClientAnswer.Write(query, stored, TimeSpan.Zero, 512).Length);
        Assert.True(WireText.IsTruncated(ClientAnswer.Write(query, stored, TimeSpan.Zero, 511)));
    }

    [Fact]
    public void An_error_repeats_the_question()
    {
        var answer = ClientAnswer.Write(Query(WireText.Query("WWW.example")), DnsResponseCode.ServerFailure);

        Assert.Equal(2, WireText.Rcode(answer));
        Assert.Equal("WWW.example", WireText.QuestionName(answer));
        Assert.Equal((1, 0, 0, 0), WireText.Counts(answer));
    }

    private static DnsQuery Query(byte[] message)
    {
        DnsQuery.Read(message, out var query);
        return query!;
    }

    private static DnsAnswer Stored(RecordText[] answers, RecordText[]? additionals = null, ushort flags = 0x8180)
    {
        var key = new AnswerKey(DnsName.ToKey(WireText.Name("www.example")), RecordText.A, false, false);
        var asked = new UpstreamQuery(0x4242, WireText.Name("www.example"), key, WithEdns: true);
        var reply = WireText.Reply(WireText.Query("www.example", id: 0x4242), answers, additionals: additionals, flags: flags);
        Assert.Equal(AnswerVerdict.Answered, DnsAnswer.Read(reply, asked, out var answer));
        return answer!;
    }
}
