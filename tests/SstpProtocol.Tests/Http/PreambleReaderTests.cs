using System.Text;
using SstpProtocol.Http;

namespace SstpProtocol.Tests.Http;

public class PreambleReaderTests
{
    private const string Path = "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/";

    // The shapes in which clients in the field send it; header order and braces differ.
    private const string Windows =
        "SSTP_DUPLEX_POST " + Path + " HTTP/1.1\r\nContent-Length: 18446744073709551615\r\nHost: vpn.example.com\r\n"
        + "SSTPCORRELATIONID: {5a1f8a3c-1c2d-4e5f-8a9b-0c1d2e3f4a5b}\r\n\r\n";

    private const string Sstpc =
        "SSTP_DUPLEX_POST " + Path + " HTTP/1.1\r\nHost: vpn.example.com:8443\r\nContent-Length: 18446744073709551615\r\n"
        + "SSTPCORRELATIONID: 5A1F8A3C-1C2D-4E5F-8A9B-0C1D2E3F4A5B\r\n\r\n";

    [Theory]
    [InlineData(Windows, "vpn.example.com")]
    [InlineData(Sstpc, "vpn.example.com:8443")]
    public void Recognises_the_requests_of_clients_in_the_field(string text, string host)
    {
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.Equal(ReadStatus.Complete, PreambleReader.TryRead(bytes, out var request, out var consumed));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(PreambleKind.Sstp, request.Kind);
        Assert.Equal(host, request.GetHost());
        Assert.Equal(Guid.Parse("5a1f8a3c-1c2d-4e5f-8a9b-0c1d2e3f4a5b"), request.CorrelationId);
        Assert.Equal("SSTP_DUPLEX_POST", request.GetMethod());
        Assert.Equal(Path, request.GetTarget());
    }

    [Theory]
    [InlineData("SSTP_DUPLEX_POST /SRA_{ba195980-cd49-458B-9e23-c84ee0adcd75}/ HTTP/1.1")]
    [InlineData("SSTP_DUPLEX_POST " + Path + "?tenantid=contoso HTTP/1.1")]
    [InlineData("SSTP_DUPLEX_POST https://vpn.example.com" + Path + " HTTP/1.1")]
    public void Recognises_variants_of_the_target(string requestLine)
    {
        Assert.Equal(PreambleKind.Sstp, KindOf(requestLine + "\r\nHost: a\r\n\r\n"));
    }

    [Theory]
    [InlineData("SSTP_DUPLEX_POST / HTTP/1.1\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75} HTTP/1.1\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST " + Path + "x HTTP/1.1\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST /?" + Path + " HTTP/1.1\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST x://y HTTP/1.1\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST * HTTP/1.1\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST " + Path + " HTTP/1.0\r\n\r\n")]
    [InlineData("sstp_duplex_post " + Path + " HTTP/1.1\r\n\r\n")]
    [InlineData("HEAD " + Path + " HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST " + Path + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST " + Path + " HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nCookie: b=c\r\n\r\n")]
    [InlineData("\r\n\r\nGET / HTTP/1.1\n\n")]
    public void Leaves_every_other_request_to_the_web_site(string text)
    {
        Assert.Equal(PreambleKind.OtherHttp, KindOf(text));
    }

    [Theory]
    [InlineData(Windows)]
    [InlineData("\r\n" + Sstpc)]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n")]
    public void Waits_at_every_byte_until_the_empty_line(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(ReadStatus.NeedMoreBytes, PreambleReader.TryRead(bytes.AsSpan(0, length), out _, out var consumed));
            Assert.Equal(0, consumed);
        }

        Assert.Equal(ReadStatus.Complete, PreambleReader.TryRead(bytes, out _, out _));
    }

    [Fact]
    public void Leaves_bytes_after_the_empty_line_to_sstp()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(Windows), 0x10, 0x01, 0x00, 0x0E];

        PreambleReader.TryRead(bytes, out _, out var consumed);

        Assert.Equal(bytes.Length - 4, consumed);
    }

    [Theory]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData(" GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1 \r\n\r\n")]
    [InlineData("GET  HTTP/1.1\r\n\r\n")]
    [InlineData("GET /\r\n\r\n")]
    [InlineData("GET / HTTP/11\r\n\r\n")]
    [InlineData("GET / HTTPS/1.1\r\n\r\n")]
    [InlineData("G\u0001T / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /\u0001")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n: value\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nName : value\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nName: a\r\n folded\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nName: a\u0000b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nName: a\rb\r\n\r\n")]
    public void Refuses_what_is_not_http(string text)
    {
        Assert.Equal(ReadStatus.Malformed, PreambleReader.TryRead(Encoding.Latin1.GetBytes(text), out _, out _));
    }

    [Fact]
    public void Takes_twelve_kibibytes_of_headers_and_refuses_sixteen()
    {
        Assert.Equal(ReadStatus.Complete, PreambleReader.TryRead(WithPadding(12 * 1024), out _, out _));
        Assert.Equal(ReadStatus.Complete, PreambleReader.TryRead(WithPadding(PreambleReader.MaxLength), out _, out _));
        Assert.Equal(ReadStatus.Malformed, PreambleReader.TryRead(WithPadding(PreambleReader.MaxLength + 1), out _, out _));
        Assert.Equal(ReadStatus.Malformed, PreambleReader.TryRead(WithPadding(64 * 1024), out _, out _));
        Assert.Equal(
            ReadStatus.Malformed,
            PreambleReader.TryRead(WithPadding(64 * 1024).AsSpan(0, PreambleReader.MaxLength), out _, out _));
    }

    [Theory]
    [InlineData('\n')]
    [InlineData('A')]
    public void Does_not_wait_past_its_limit_for_a_request_that_does_not_begin_or_end(char filler)
    {
        var bytes = Encoding.ASCII.GetBytes(new string(filler, PreambleReader.MaxLength));

        Assert.Equal(ReadStatus.NeedMoreBytes, PreambleReader.TryRead(bytes.AsSpan(1), out _, out _));
        Assert.Equal(ReadStatus.Malformed, PreambleReader.TryRead(bytes, out _, out _));
    }

    [Theory]
    [InlineData("not a guid")]
    [InlineData("{5a1f8a3c-1c2d-4e5f-8a9b-0c1d2e3f4a5b")]
    [InlineData("{5a1f8a3c-1c2d-4e5f-8a9b-0c1d2e3f4a5b} and more")]
    public void Gives_no_correlation_id_that_is_no_guid(string value)
    {
        var bytes = Encoding.ASCII.GetBytes($"SSTP_DUPLEX_POST {Path} HTTP/1.1\r\nSSTPCORRELATIONID: {value}\r\n\r\n");

        PreambleReader.TryRead(bytes, out var request, out _);

        Assert.Null(request.CorrelationId);
        Assert.Null(request.GetHost());
        Assert.Equal(PreambleKind.Sstp, request.Kind);
    }

    [Fact]
    public void Never_throws_and_never_takes_more_than_it_was_given()
    {
        var random = new Random(7);
        var complete = 0;
        for (var run = 0; run < 50_000; run++)
        {
            var bytes = Encoding.ASCII.GetBytes(random.Next(2) == 0 ? Windows : "GET / HTTP/1.1\r\nA: b\r\n\r\n");
            for (var changes = random.Next(4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            if (PreambleReader.TryRead(bytes, out var request, out var consumed) == ReadStatus.Complete)
            {
                complete++;
                Assert.InRange(consumed, 1, bytes.Length);
                Assert.All(request.GetTarget() + request.GetHost(), c => Assert.InRange(c, '!', '~'));
                _ = request.CorrelationId;
            }

            PreambleResponseReader.TryRead(bytes, out _, out _);
        }

        Assert.True(complete > 1_000, $"only {complete} of the inputs were requests");
    }

    private static PreambleKind KindOf(string text)
    {
        Assert.Equal(ReadStatus.Complete, PreambleReader.TryRead(Encoding.ASCII.GetBytes(text), out var request, out _));
        return request.Kind;
    }

    private static byte[] WithPadding(int length)
    {
        const string Head = "GET / HTTP/1.1\r\nCookie: ";
        return Encoding.ASCII.GetBytes(Head + new string('x', length - Head.Length - 4) + "\r\n\r\n");
    }
}
