using System.Net;
using SstpGateway.Tests.Dns.Support;

namespace DnsProtocol.Tests;

public sealed class DnsMessageTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var writer = new DnsMessageWriter(7, DnsFlags.Response | DnsFlags.AuthoritativeAnswer);
        writer.Question("vpn.example.com", DnsRecordType.A, DnsQuestion.Internet);
        writer.Record(DnsSection.Answer, "vpn.example.com", DnsRecordType.A, DnsQuestion.Internet, 60, [192, 0, 2, 1]);
        writer.Record(
            DnsSection.Answer, "vpn.example.com", DnsRecordType.Cname,
            DnsQuestion.Internet, 60, DnsMessageWriter.NameData("a.example"));
        writer.Record(
            DnsSection.Answer, "vpn.example.com", DnsRecordType.Txt, DnsQuestion.Internet, 60,
            DnsMessageWriter.TextData(new string('x', 300)));
        writer.Opt();

        Assert.True(DnsMessage.TryRead(writer.ToArray(), out var message));
        Assert.Equal(("vpn.example.com", DnsRecordType.A), (message.QuestionName, message.QuestionType));
        var answers = message.In(DnsSection.Answer).ToArray();
        Assert.Equal("vpn.example.com", message.OwnerOf(answers[0]));
        Assert.True(message.TryReadAddress(answers[0], out var address));
        Assert.Equal(IPAddress.Parse("192.0.2.1"), address);
        Assert.True(message.TryReadName(answers[1], out var name));
        Assert.Equal("a.example", name);
        Assert.True(message.TryReadText(answers[2], out var text));
        Assert.Equal(new string('x', 300), text);
        Assert.NotNull(message.Find(DnsSection.Additional, DnsRecordType.Opt));
    }

    [Fact]
    public void The_code_beyond_fifteen_comes_from_the_opt_record()
    {
        byte[] bytes = [0, 1, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 41, 4, 208, 1, 0, 0, 0, 0, 0];

        Assert.True(DnsMessage.TryRead(bytes, out var message));
        Assert.Equal(DnsResponseCode.BadVersion, message.ResponseCode);
    }

    [Fact]
    public void A_compressed_name_in_data_is_followed()
    {
        var query = WireText.Query("vpn.example", DnsRecordType.Cname);
        byte[] reply = [.. query, 0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 4, 1, (byte)'w', 0xC0, 16];
        reply[7] = 1;

        Assert.True(DnsMessage.TryRead(reply, out var message));
        Assert.True(message.TryReadName(message.Records[0], out var name));
        Assert.Equal("w.example", name);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void An_address_of_the_wrong_length_is_none(int length)
    {
        var writer = new DnsMessageWriter(7, DnsFlags.Response);
        writer.Record(DnsSection.Answer, "a.example", DnsRecordType.A, DnsQuestion.Internet, 60, new byte[length]);

        Assert.True(DnsMessage.TryRead(writer.ToArray(), out var message));
        Assert.False(message.TryReadAddress(message.Records[0], out _));
    }

    [Fact]
    public void A_text_that_runs_out_of_its_record_is_none()
    {
        var writer = new DnsMessageWriter(7, DnsFlags.Response);
        writer.Record(DnsSection.Answer, "a.example", DnsRecordType.Txt, DnsQuestion.Internet, 60, [5, (byte)'a']);

        Assert.True(DnsMessage.TryRead(writer.ToArray(), out var message));
        Assert.False(message.TryReadText(message.Records[0], out _));
    }

    [Fact]
    public void An_soa_gives_its_times()
    {
        byte[] data = [.. DnsMessageWriter.NameData("ns1.example"), .. DnsMessageWriter.NameData(
            "admin.example"), 0, 0, 0, 9, 0, 0, 0, 60, 0, 0, 0, 5, 0, 0, 1, 0, 0, 0, 0, 30];
        var writer = new DnsMessageWriter(7, DnsFlags.Response);
        writer.Record(DnsSection.Answer, "example", DnsRecordType.Soa, DnsQuestion.Internet, 60, data);

        Assert.True(DnsMessage.TryRead(writer.ToArray(), out var message));
        Assert.True(message.TryReadSoa(message.Records[0], out var soa));
        Assert.Equal(new SoaData("ns1.example", 9, 60, 5, 256, 30), soa);
    }

    [Fact]
    public void Odd_bytes_in_a_label_cannot_be_taken_for_dots()
    {
        byte[] bytes = [.. new byte[12], 3, (byte)'a', (byte)'.', 0xFF, 0];

        Assert.True(DnsName.TryReadText(bytes, 12, out var text, out var end));
        Assert.Equal(@"a\046\255", text);
        Assert.Equal(bytes.Length, end);
    }

    [Fact]
    public void The_root_is_a_dot()
    {
        Assert.True(DnsName.TryReadText([0], 0, out var text, out _));
        Assert.Equal(".", text);
    }

    [Fact]
    public void Two_questions_are_no_message_of_ours()
    {
        var query = WireText.Query("a.example");
        query[5] = 2;

        Assert.False(DnsMessage.TryRead(query, out _));
    }

    [Fact]
    public void Records_out_of_order_are_a_mistake_of_the_caller()
    {
        var writer = new DnsMessageWriter(7, DnsFlags.None);
        writer.Record(DnsSection.Authority, "a.example", DnsRecordType.A, DnsQuestion.Internet, 60, [1, 2, 3, 4]);

        Assert.Throws<ArgumentException>(() => writer.Question("a.example", DnsRecordType.A, DnsQuestion.Internet));
    }
}
