using System.Text;
using LocalControlPlane.Logs;
using TestSupport.Files;
using TestSupport.Waiting;

namespace LocalControlPlane.Tests.Logs;

public sealed class LogReaderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly LogOptions Everything = new(Follows: false, Timestamps: false, Tail: null, Since: null, Limit: null);

    private readonly TemporaryFolder _folder = new("logs");
    private readonly StringBuilder _seen = new();
    private bool _hasEnded;

    private string Log => _folder.File("c.log");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "c\n")]
    [InlineData(2, "b\nc\n")]
    [InlineData(9, "a\nb\nc\n")]
    public async Task The_tail_is_of_whole_lines(int tail, string expected)
    {
        File.WriteAllText(Log, "2026-01-01T00:00:00Z a\n2026-01-01T00:00:01Z b\n2026-01-01T00:00:02Z c\n");
        await ReadAsync(Everything with { Tail = tail });

        Assert.Equal(expected, _seen.ToString());
    }

    [Fact]
    public async Task A_limit_cuts()
    {
        File.WriteAllText(Log, "2026-01-01T00:00:00Z abcdef\n");
        await ReadAsync(Everything with { Limit = 3 });

        Assert.Equal("abc", _seen.ToString());
    }

    [Fact]
    public async Task A_log_that_is_cut_or_replaced_is_followed_on()
    {
        File.WriteAllText(Log, "2026-01-01T00:00:00Z a long first line\n");
        var reading = ReadAsync(Everything with { Follows = true });
        await SeenAsync("a long first line\n");
        using (var stream = new FileStream(Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) stream.SetLength(0);
        File.AppendAllText(Log, "2026-01-01T00:00:00Z cut\n");
        await SeenAsync("cut\n");
        File.Move(Log, Log + ".previous");
        File.WriteAllText(Log, "2026-01-01T00:00:00Z new\n");
        await SeenAsync("new\n");

        _hasEnded = true;
        await reading.WaitAsync(Patience);
    }

    private async Task ReadAsync(LogOptions options)
    {
        await foreach (var chunk in new LogReader(TimeProvider.System)
            .ReadAsync(Log, options, () => _hasEnded, CancellationToken.None))
            lock (_seen) _seen.Append(Encoding.UTF8.GetString(chunk));
    }

    private Task SeenAsync(string text) => Eventually.TrueAsync(text, Patience, () =>
    {
        lock (_seen) return Task.FromResult(_seen.ToString().EndsWith(text, StringComparison.Ordinal));
    });
}
