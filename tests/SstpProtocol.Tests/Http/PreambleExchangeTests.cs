using System.Text;
using SstpProtocol.Http;

namespace SstpProtocol.Tests.Http;

public class PreambleExchangeTests
{
    private static readonly Guid Id = Guid.Parse("5a1f8a3c-1c2d-4e5f-8a9b-0c1d2e3f4a5b");

    [Fact]
    public void The_request_is_written_as_windows_writes_it()
    {
        var buffer = new byte[512];

        var written = PreambleRequest.Write(buffer, "vpn.example.com", Id);

        Assert.Equal(
            "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\nHost: vpn.example.com\r\n"
            + "Content-Length: 18446744073709551615\r\nSSTPCORRELATIONID: {5a1f8a3c-1c2d-4e5f-8a9b-0c1d2e3f4a5b}\r\n\r\n",
            Encoding.ASCII.GetString(buffer, 0, written));
    }

    [Fact]
    public void The_request_is_one_that_the_server_recognises()
    {
        var buffer = new byte[512];
        var written = PreambleRequest.Write(buffer, new string('a', 253), Id);

        Assert.Equal(ReadStatus.Complete, PreambleReader.TryRead(buffer.AsSpan(0, written), out var request, out _));
        Assert.Equal(PreambleKind.Sstp, request.Kind);
        Assert.Equal(Id, request.CorrelationId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nX: y")]
    [InlineData("bücher.example")]
    public void The_request_takes_no_host_that_would_break_out_of_its_line(string host)
    {
        Assert.Throws<ArgumentException>(() => PreambleRequest.Write(new byte[512], host, Id));
    }

    [Fact]
    public void The_response_has_the_three_fields_and_no_body()
    {
        var buffer = new byte[PreambleResponse.MaxLength];

        var written = PreambleResponse.Write(buffer, "Sun, 06 Nov 1994 08:49:37 GMT");

        Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\nServer: Microsoft-HTTPAPI/2.0\r\n"
            + "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
            Encoding.ASCII.GetString(buffer, 0, written));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200 \r\n\r\n", 200)]
    [InlineData("HTTP/1.0 407 Proxy Authentication Required\nServer: x\n\n", 407)]
    public void The_client_reads_status_and_end_of_the_response_at_every_split(string text, int status)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(text), 0x10, 0x01];
        for (var length = 0; length < bytes.Length - 2; length++)
            Assert.Equal(ReadStatus.NeedMoreBytes, PreambleResponseReader.TryRead(bytes.AsSpan(0, length), out _, out _));

        Assert.Equal(ReadStatus.Complete, PreambleResponseReader.TryRead(bytes, out var statusCode, out var consumed));
        Assert.Equal(status, statusCode);
        Assert.Equal(bytes.Length - 2, consumed);
    }

    [Theory]
    [InlineData("SSH-2.0-x")]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 20\r\n\r\n")]
    [InlineData("HTTP/1.1 2000\r\n\r\n")]
    [InlineData("HTTP/1.1 +20\r\n\r\n")]
    [InlineData("HTTP/1.1 099\r\n\r\n")]
    [InlineData("HTTP/1.1200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    public void The_client_refuses_what_is_no_response(string text)
    {
        Assert.Equal(ReadStatus.Malformed, PreambleResponseReader.TryRead(Encoding.ASCII.GetBytes(text), out _, out _));
    }

    [Fact]
    public void The_client_does_not_wait_past_its_limit()
    {
        var bytes = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nA: " + new string('x', PreambleResponseReader.MaxLength));

        Assert.Equal(ReadStatus.Malformed, PreambleResponseReader.TryRead(bytes, out _, out _));
    }
}
