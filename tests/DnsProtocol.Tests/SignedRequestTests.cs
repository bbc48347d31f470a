using System.Security.Cryptography;
using DnsProtocol.Tsig;
using DnsProtocol.Updates;

namespace DnsProtocol.Tests;

public sealed class SignedRequestTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly TsigKey Key = new("Key.Example", TsigAlgorithm.HmacSha256, Secret);

    private static byte[] Update =>
        new DnsUpdate("example").Add("vpn.example", DnsRecordType.A, 60, [192, 0, 2, 1]).ToMessage(0x0102);

    [Theory]
    [InlineData(TsigAlgorithm.HmacSha256)]
    [InlineData(TsigAlgorithm.HmacSha384)]
    [InlineData(TsigAlgorithm.HmacSha512)]
    public void A_request_carries_the_signature_of_rfc_8945_over_message_and_variables(TsigAlgorithm algorithm)
    {
        var key = new TsigKey("key.example", algorithm, Secret);

        Assert.True(DnsMessage.TryRead(SignedRequest.Sign(Update, key, Now).Message, out var message));
        var record = message.Records[^1];
        Assert.True(TsigRecord.TryRead(message.Bytes, record.DataOffset, out var signature));

        // Put together by hand from section 4.3: the message as it was, then name, class ANY,
        // TTL 0, algorithm, time, fudge, no error.
        byte[] signed =
        [
            .. Update, .. DnsMessageWriter.NameData("key.example"), 0, 255, 0, 0, 0, 0,
            .. DnsMessageWriter.NameData(key.AlgorithmName),
            0, 0, 0x6B, 0x49, 0xD2, 0x00, 0x01, 0x2C, 0, 0, 0, 0,
        ];
        var expected = algorithm switch
        {
            TsigAlgorithm.HmacSha256 => HMACSHA256.HashData(Secret, signed),
            TsigAlgorithm.HmacSha384 => HMACSHA384.HashData(Secret, signed),
            _ => HMACSHA512.HashData(Secret, signed),
        };
        Assert.Equal(expected, signature.Mac.ToArray());
        Assert.Equal((ushort)0x0102, signature.OriginalId);
        Assert.Equal("key.example", message.OwnerOf(record));
    }

    [Fact]
    public void A_reply_signed_over_the_request_s_signature_is_believed()
    {
        var request = SignedRequest.Sign(Update, Key, Now);

        Assert.Equal(TsigVerdict.Verified, request.Judge(Reply(request, Secret), Now, out _));
    }

    [Fact]
    public void A_reply_signed_with_another_secret_is_not_believed()
    {
        var request = SignedRequest.Sign(Update, Key, Now);

        Assert.Equal(TsigVerdict.Forged, request.Judge(Reply(request, new byte[32]), Now, out _));
    }

    [Fact]
    public void A_reply_to_another_request_is_not_believed()
    {
        var other = SignedRequest.Sign(Update, Key, Now - TimeSpan.FromSeconds(1));

        Assert.Equal(TsigVerdict.Forged, SignedRequest.Sign(Update, Key, Now).Judge(Reply(other, Secret), Now, out _));
    }

    [Fact]
    public void An_old_reply_sent_again_is_not_believed()
    {
        var request = SignedRequest.Sign(Update, Key, Now);

        Assert.Equal(TsigVerdict.OutOfTime, request.Judge(Reply(request, Secret), Now + TimeSpan.FromSeconds(301), out _));
    }

    [Theory]
    [InlineData(16, TsigVerdict.Verified)]
    [InlineData(15, TsigVerdict.Forged)]
    public void A_signature_may_be_cut_to_half_and_no_shorter(int size, TsigVerdict verdict)
    {
        var request = SignedRequest.Sign(Update, Key, Now);

        Assert.Equal(verdict, request.Judge(Reply(request, Secret, size), Now, out _));
    }

    [Fact]
    public void A_reply_without_signature_is_known_as_such_and_its_error_is_read()
    {
        var request = SignedRequest.Sign(Update, Key, Now);
        var badKey = new TsigRecord("hmac-sha256", Now, SignedRequest.Fudge, default, 0x0102, TsigError.BadKey, default);
        var writer = new DnsMessageWriter(0x0102, DnsFlags.Response | DnsFlags.Update | (DnsFlags)9);
        writer.Record(DnsSection.Additional, "key.example", DnsRecordType.Tsig, DnsQuestion.Any, 0, badKey.ToData());
        Assert.True(DnsMessage.TryRead(writer.ToArray(), out var reply));

        Assert.Equal(TsigVerdict.NotSigned, request.Judge(reply, Now, out var signature));
        Assert.Equal(TsigError.BadKey, signature?.Error);
    }

    [Fact]
    public void A_bad_time_answer_says_the_server_s_clock()
    {
        var theirs = Now + TimeSpan.FromHours(2);
        var bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, theirs.ToUnixTimeSeconds());

        Assert.Equal(theirs, new TsigRecord(
            "hmac-sha256", Now, SignedRequest.Fudge, new byte[32], 1, TsigError.BadTime, bytes.AsMemory(2)).ServerTime);
    }

    [Theory]
    [InlineData(TsigError.BadKey, "000065A0F1C0")]
    [InlineData(TsigError.BadTime, "")]
    [InlineData(TsigError.BadTime, "FFFFFFFFFFFF")]
    public void What_is_no_clock_is_not_taken_for_one(TsigError error, string other) =>
        Assert.Null(new TsigRecord(
            "hmac-sha256", Now, SignedRequest.Fudge, new byte[32], 1, error, Convert.FromHexString(other)).ServerTime);

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void A_record_that_ends_before_its_parts_do_is_none(int length)
    {
        var data = new TsigRecord("hmac-sha256", Now, SignedRequest.Fudge, new byte[32], 1, TsigError.None, default).ToData();

        Assert.True(TsigRecord.TryRead(data, 0, out _));
        Assert.False(TsigRecord.TryRead(data.AsSpan(0, length), 0, out _));
        Assert.False(TsigRecord.TryRead(data.AsSpan(0, data.Length - 1), 0, out _));
        Assert.False(TsigRecord.TryRead(data.AsSpan(0, 40), 0, out _));
    }

    // Signed by the rule for replies: the request's signature with its length comes first (section 4.3.1).
    private static DnsMessage Reply(SignedRequest request, byte[] secret, int size = 32)
    {
        Assert.True(DnsMessage.TryRead(request.Message, out var sent));
        Assert.True(TsigRecord.TryRead(sent.Bytes, sent.Records[^1].DataOffset, out var asked));
        var reply = new DnsMessageWriter(0x0102, DnsFlags.Response | DnsFlags.Update).ToArray();
        var record = new TsigRecord("hmac-sha256", Now, SignedRequest.Fudge, default, 0x0102, TsigError.None, default);
        var mac = HMACSHA256.HashData(secret, (byte[])[0, 32, .. asked.Mac.Span, .. reply, .. record.ToVariables("key.example")]);

        var writer = new DnsMessageWriter(0x0102, DnsFlags.Response | DnsFlags.Update);
        writer.Record(
            DnsSection.Additional, "key.example", DnsRecordType.Tsig, DnsQuestion.Any, 0,
            (record with { Mac = mac.AsMemory(0, size) }).ToData());
        Assert.True(DnsMessage.TryRead(writer.ToArray(), out var message));
        return message;
    }
}
