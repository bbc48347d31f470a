using DnsProtocol;
using SstpGateway.Dns.Messages;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns.Messages;

public sealed class DnsQueryTests
{
    [Fact]
    public void Reads_a_question_with_edns()
    {
        var message = WireText.Query(
            "WWW.example", RecordText.Aaaa, 0xBEEF, flags: 0x0110, edns: RecordText.Edns(1400, ttl: 0x8000));

        Assert.Equal(QueryVerdict.Resolve, DnsQuery.Read(message, out var query));

        Assert.Equal(0xBEEF, query!.Id);
        Assert.Equal(new AnswerKey("\u0003www\u0007example\0", RecordText.Aaaa, true, true), query.Key);
        Assert.Equal(new Edns(1400, 0, 0, true), query.Edns);
    }

    [Theory]
    [InlineData(0, 512)]
    [InlineData(100, 512)]
    [InlineData(900, 900)]
    [InlineData(65535, 1232)]
    public void Answers_by_udp_are_as_long_as_the_client_takes_between_512_and_1232(ushort announced, int limit)
    {
        DnsQuery.Read(WireText.Query("a.example", edns: RecordText.Edns(announced)), out var query);

        Assert.Equal(limit, query!.UdpLimit);
    }

    [Fact]
    public void Answers_by_udp_without_edns_have_512_bytes_at_most()
    {
        DnsQuery.Read(WireText.Query("a.example"), out var query);

        Assert.Equal(512, query!.UdpLimit);
    }

    [Fact]
    public void Ignores_what_is_shorter_than_a_header()
    {
        Assert.Equal(QueryVerdict.Ignore, DnsQuery.Read(WireText.Query("a.example").AsSpan(0, 11), out _));
    }

    [Fact]
    public void Ignores_answers_so_that_servers_do_not_talk_for_ever()
    {
        Assert.Equal(QueryVerdict.Ignore, DnsQuery.Read(WireText.Query("a.example", flags: 0x8180), out _));
    }

    [Theory]
    [InlineData(0x0800)]    // inverse query
    [InlineData(0x1000)]    // status
    [InlineData(0x2000)]    // notify
    [InlineData(0x2800)]    // update
    public void Implements_no_opcode_but_query(ushort flags)
    {
        Assert.Equal(QueryVerdict.NotImplemented, DnsQuery.Read(WireText.Query("a.example", flags: flags), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Wants_one_question(byte count)
    {
        var message = WireText.Query("a.example");
        message[5] = count;

        Assert.Equal(QueryVerdict.FormatError, DnsQuery.Read(message, out var query));
        Assert.True(query!.Question.IsEmpty);
    }

    [Fact]
    public void A_compressed_question_is_malformed()
    {
        byte[] message = [.. WireText.Query("a").AsSpan(0, 12), 0xC0, 0x0C, 0, 1, 0, 1];

        Assert.Equal(QueryVerdict.FormatError, DnsQuery.Read(message, out _));
    }

    [Fact]
    public void Every_prefix_of_a_query_is_ignored_or_malformed()
    {
        var message = WireText.Query("www.corp.example", edns: RecordText.Edns(options: [0, 10, 0, 2, 1, 2]));

        for (var length = 0; length < message.Length; length++)
            Assert.Equal(
                length < 12 ? QueryVerdict.Ignore : QueryVerdict.FormatError, DnsQuery.Read(message.AsSpan(0, length), out _));
    }

    [Fact]
    public void Two_opt_records_are_malformed()
    {
        byte[] message = [.. WireText.Query("a.example", edns: RecordText.Edns()), .. RecordText.Edns().ToWire()];
        message[11] = 2;

        Assert.Equal(QueryVerdict.FormatError, DnsQuery.Read(message, out _));
    }

    [Fact]
    public void A_version_of_edns_from_the_future_is_told_so()
    {
        var message = WireText.Query("a.example", edns: RecordText.Edns(ttl: 0x0001_0000));

        Assert.Equal(QueryVerdict.BadVersion, DnsQuery.Read(message, out var query));

        var answer = ClientAnswer.Write(query!, DnsResponseCode.BadVersion);
        Assert.Equal(0, WireText.Rcode(answer));
        Assert.Equal(1, answer[^6]);    // the upper eight bits of 16 are in the OPT record's TTL
    }

    [Theory]
    [InlineData(0)]
    [InlineData(41)]     // OPT
    [InlineData(249)]    // TKEY
    [InlineData(250)]    // TSIG
    [InlineData(251)]    // IXFR
    [InlineData(252)]    // AXFR
    public void Refuses_what_is_not_a_question_for_records(ushort type)
    {
        Assert.Equal(QueryVerdict.Refuse, DnsQuery.Read(WireText.Query("example", type), out _));
    }

    [Theory]
    [InlineData(65)]      // HTTPS
    [InlineData(255)]     // any
    [InlineData(256)]     // URI
    [InlineData(65280)]   // private use
    public void Forwards_types_it_does_not_know(ushort type)
    {
        Assert.Equal(QueryVerdict.Resolve, DnsQuery.Read(WireText.Query("example", type), out _));
    }

    [Fact]
    public void Refuses_other_classes_so_that_no_server_version_leaks()
    {
        Assert.Equal(QueryVerdict.Refuse, DnsQuery.Read(WireText.Query("version.bind", 16, recordClass: 3), out _));
    }
}
