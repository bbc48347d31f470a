using TestSupport.Processes;

namespace SstpGateway.Tests.Decoy;

public sealed class StaticContentTests : IDisposable
{
    private readonly StaticFolder folder = new();

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/sub/../../secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/sub/..%2f..%2fsecret.txt")]
    public async Task Does_not_climb_out_of_the_folder(string target)
    {
        folder.Outside("secret.txt", "SECRET");

        var answer = await GetAsync(target);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_follow_a_symbolic_link_to_a_file_outside()
    {
        var secret = folder.Outside("secret.txt", "SECRET");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "absolute.txt"), secret);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "relative.txt"), "../secret.txt");

        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await GetAsync("/absolute.txt"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await GetAsync("/relative.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_follow_a_symbolic_link_to_a_folder_outside()
    {
        folder.Outside("secret.txt", "SECRET");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "up"), "..");

        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await GetAsync("/up/secret.txt"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await GetAsync("/up/html/a.css"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await GetAsync("/up"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_no_pipe_that_lies_among_the_files()
    {
        await Command.RunAsync("mkfifo", Path.Combine(folder.Path, "pipe"));

        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await GetAsync("/pipe"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_symbolic_links_within_the_folder_as_mounted_volumes_have_them()
    {
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "..data"), "sub");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "x.txt"), "..data/x.txt");

        Assert.EndsWith("\r\n\r\nx\n", await GetAsync("/x.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_a_folder_without_a_slash_to_the_one_with_it_and_keeps_the_query()
    {
        var answer = await GetAsync("/sub?a=b", "h.example:8443");

        Assert.StartsWith("HTTP/1.1 301 Moved Permanently\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(
            "\r\nContent-Length: 162\r\nLocation: https://h.example:8443/sub/?a=b\r\nConnection: close\r\n",
            answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cannot_be_made_to_write_a_field_of_the_visitors_into_a_redirect()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "a\r\nSet-Cookie: x=y"));

        var answer = await GetAsync("/a%0d%0aSet-Cookie:%20x=y");

        Assert.Contains("\r\nLocation: https://a/a%0D%0ASet-Cookie:%20x=y/\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_a_file_of_many_buffers_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i}\n"));
        folder.Add("long.txt", text);

        Assert.EndsWith(
            $"\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\nLast-Modified: Tue, 02 Jan 2024 03:04:05 GMT\r\n"
                + $"Connection: close\r\nETag: \"65937d25-{text.Length:x}\"\r\nAccept-Ranges: bytes\r\n\r\n{text}",
            await GetAsync("/long.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_several_ranges_with_the_whole_file()
    {
        var answer = await Decoys.AskAsync(
            Decoys.Static(folder.Path), "GET /noext HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0,2-2\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nabc", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_nothing_when_its_folder_is_not_there() =>
        Assert.StartsWith(
            "HTTP/1.1 404 Not Found\r\n",
            await Decoys.AskAsync(Decoys.Static(folder.Path + "-missing"), "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Finds_names_that_are_not_ASCII()
    {
        folder.Add("grün.txt", "green");

        Assert.EndsWith("\r\n\r\ngreen", await GetAsync("/gr%C3%BCn.txt"), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private Task<string> GetAsync(string target, string host = "a") =>
        Decoys.AskAsync(Decoys.Static(folder.Path), $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
}
