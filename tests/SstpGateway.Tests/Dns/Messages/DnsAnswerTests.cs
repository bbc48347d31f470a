using DnsProtocol;
using SstpGateway.Dns.Messages;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns.Messages;

public sealed class DnsAnswerTests
{
    private static readonly AnswerKey Key = new(DnsName.ToKey(WireText.Name("www.example")), RecordText.A, false, false);

    private readonly UpstreamQuery _query = new(0x4242, WireText.Name("wWw.eXample"), Key, WithEdns: true);

    [Fact]
    public void Keeps_the_records_and_drops_id_and_edns()
    {
        var reply = Reply([RecordText.Address("192.0.2.1")], additionals: [RecordText.Edns()]);

        Assert.Equal(AnswerVerdict.Answered, DnsAnswer.Read(reply, _query, out var answer));

        Assert.Equal(0, WireText.Id(answer!.Message));
        Assert.Equal((1, 1, 0, 0), WireText.Counts(answer.Message));
        Assert.Equal([192, 0, 2, 1], WireText.FirstData(answer.Message));
        Assert.Equal(reply.Length - 11, answer.Message.Length);
    }

    [Fact]
    public void Drops_what_follows_edns_because_it_may_be_pointed_into()
    {
        var glue = RecordText.Address("192.0.2.7") with { Owner = WireText.Name("ns.example") };
        var reply = Reply([RecordText.Address("192.0.2.1")], additionals: [glue, RecordText.Edns(), glue]);

        DnsAnswer.Read(reply, _query, out var answer);

        Assert.Equal((1, 1, 0, 1), WireText.Counts(answer!.Message));
    }

    [Fact]
    public void An_answer_with_another_id_is_unrelated()
    {
        var reply = Reply([RecordText.Address("192.0.2.1")]);
        reply[0] ^= 1;

        Assert.Equal(AnswerVerdict.Unrelated, DnsAnswer.Read(reply, _query, out _));
    }

    [Theory]
    [InlineData("other.example", RecordText.A, 1)]
    [InlineData("wWw.eXample", RecordText.Aaaa, 1)]
    [InlineData("wWw.eXample", RecordText.A, 3)]
    public void An_answer_to_another_question_is_unrelated(string name, ushort type, ushort recordClass)
    {
        var other = WireText.Query(name, type, 0x4242, recordClass: recordClass);

        Assert.Equal(AnswerVerdict.Unrelated, DnsAnswer.Read(WireText.Reply(other, []), _query, out _));
    }

    [Fact]
    public void A_query_is_no_answer()
    {
        Assert.Equal(AnswerVerdict.Unrelated, DnsAnswer.Read(Question(), _query, out _));
    }

    [Fact]
    public void An_answer_in_other_letters_is_not_trusted()
    {
        var reply = WireText.Reply(WireText.Query("www.example", id: 0x4242), [RecordText.Address("192.0.2.1")]);

        Assert.Equal(AnswerVerdict.CaseDiffers, DnsAnswer.Read(reply, _query, out _));
    }

    [Fact]
    public void A_truncated_answer_is_told_apart()
    {
        Assert.Equal(AnswerVerdict.Truncated, DnsAnswer.Read(Reply([], flags: 0x8380), _query, out _));
    }

    [Theory]
    [InlineData(2)]    // SERVFAIL
    [InlineData(5)]    // REFUSED
    [InlineData(9)]    // NOTAUTH
    public void An_error_is_a_failure_that_another_server_may_not_have(ushort code)
    {
        Assert.Equal(AnswerVerdict.Failed, DnsAnswer.Read(Reply([], flags: (ushort)(0x8180 | code)), _query, out var answer));
        Assert.Equal((DnsResponseCode)code, answer!.ResponseCode);
        Assert.Equal(TimeSpan.Zero, answer.Lifetime);
    }

    [Theory]
    [InlineData(true, 1, "EdnsNotUnderstood")]
    [InlineData(true, 4, "EdnsNotUnderstood")]
    [InlineData(false, 1, "Failed")]
    [InlineData(false, 4, "Failed")]
    public void A_format_error_may_be_about_edns_only_when_we_sent_it(bool withEdns, ushort code, string verdict)
    {
        var reply = Reply([], flags: (ushort)(0x8180 | code));

        Assert.Equal(verdict, DnsAnswer.Read(reply, _query with { WithEdns = withEdns }, out _).ToString());
    }

    [Fact]
    public void An_error_without_question_counts_when_the_id_is_right()
    {
        byte[] bare = [0x42, 0x42, 0x81, 0x82, 0, 0, 0, 0, 0, 0, 0, 0];

        Assert.Equal(AnswerVerdict.Failed, DnsAnswer.Read(bare, _query, out _));
    }

    [Fact]
    public void Data_without_question_is_unrelated()
    {
        byte[] bare = [0x42, 0x42, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0];

        Assert.Equal(AnswerVerdict.Unrelated, DnsAnswer.Read(bare, _query, out _));
    }

    [Fact]
    public void An_answer_that_breaks_off_is_malformed()
    {
        var reply = Reply([RecordText.Address("192.0.2.1"), RecordText.Address("192.0.2.2")], additionals: [RecordText.Edns()]);

        for (var length = WireText.QuestionEnd(reply); length < reply.Length; length++)
            Assert.Equal(AnswerVerdict.Malformed, DnsAnswer.Read(reply.AsSpan(0, length), _query, out _));
    }

    [Fact]
    public void Bytes_after_the_last_record_are_not_kept()
    {
        var reply = Reply([RecordText.Address("192.0.2.1")]);

        Assert.Equal(AnswerVerdict.Answered, DnsAnswer.Read([.. reply, 1, 2, 3], _query, out var answer));
        Assert.Equal(reply.Length, answer!.Message.Length);
    }

    [Fact]
    public void An_extended_error_means_that_edns_went_wrong()
    {
        var reply = Reply([], additionals: [RecordText.Edns(ttl: 0x0100_0000)]);

        Assert.Equal(AnswerVerdict.EdnsNotUnderstood, DnsAnswer.Read(reply, _query, out _));
    }

    private static byte[] Question() => WireText.Query("wWw.eXample", id: 0x4242);

    private static byte[] Reply(RecordText[] answers, RecordText[]? additionals = null, ushort flags = 0x8180) =>
        WireText.Reply(Question(), answers, additionals: additionals, flags: flags);
}
