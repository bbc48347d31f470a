using System.Text;
using SstpGateway.Decoy;
using SstpProtocol;

namespace SstpGateway.Tests.Decoy;

public sealed class RequestHeadReaderTests
{
    [Fact]
    public void Leaves_what_follows_the_head_unread()
    {
        var bytes = "GET /a?b HTTP/1.1\r\nHost: h\r\nX: 1\r\n\r\nrest"u8;

        Assert.Equal(ReadStatus.Complete, RequestHeadReader.TryRead(bytes, out var head, out var consumed, out _));
        Assert.Equal("rest"u8, bytes[consumed..]);
        Assert.Equal(("GET", "/a?b", "/a", 1), (head!.Method, head.Target, head.Path, head.Minor));
        Assert.Equal("1", head.Field("x"));
    }

    [Fact]
    public void Asks_for_more_at_every_place_where_a_good_head_is_cut()
    {
        var bytes = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n"u8;

        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(ReadStatus.NeedMoreBytes, RequestHeadReader.TryRead(bytes[..length], out _, out _, out _));
    }

    [Fact]
    public void Answers_every_input_without_throwing()
    {
        // Pieces of requests put together at random reach further into the reader than random octets do.
        string[] pieces = ["GET", "SSTP_DUPLEX_POST", " ", "/", "*", "http://", "HTTP/", "1.1", "2.0", "9",
            "\r\n", "\n", "\r", "Host:", "a", "Content-Length:",
            "18446744073709551615", "-1", "Transfer-Encoding:", "chunked", "\0", "\xFF", "%2e%2e",
            "%", "..", ":", "#", "?", "Connection: close"];
        var random = new Random(1);
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var bytes = Encoding.Latin1.GetBytes(text);

            var status = RequestHeadReader.TryRead(bytes, out var head, out var consumed, out var fault);

            Assert.Equal(status == ReadStatus.Complete, head is not null);
            Assert.Equal(status == ReadStatus.Malformed, fault != RequestFault.None);
            Assert.InRange(consumed, status == ReadStatus.Complete ? 1 : 0, bytes.Length);
            Assert.True(head is null || (head.Path.StartsWith('/') && !head.Path.Split('/').Contains("..")), text);
        }
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("//a///b/", "/a/b/")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a%2fb", "/a/b")]
    [InlineData("/a?/../..", "/a")]
    [InlineData("/%e4", "/\xE4")]
    public void Decodes_a_path_and_takes_out_its_dots(string target, string expected)
    {
        Assert.True(DecodedPath.TryRead(target, out var path));
        Assert.Equal(expected, path);
    }

    [Theory]
    [InlineData("/..")]
    [InlineData("/../a")]
    [InlineData("/a/../../b")]
    [InlineData("/%2e%2e/a")]
    [InlineData("/a/..%2f..%2fb")]
    [InlineData("/%00")]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%4g")]
    public void Refuses_a_path_that_climbs_above_the_root_or_is_badly_written(string target) =>
        Assert.False(DecodedPath.TryRead(target, out _));
}
