using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Operator.Local;

/// <summary>A log file, whose last lines a live table shows.</summary>
internal sealed class FileLog(string path, TimeProvider clock) : ILoggerProvider
{
    private const int LastLines = 8;

    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(path, append: true) { AutoFlush = true };
    private readonly Queue<string> _last = new();

    public string Path { get; } = path;

    public IReadOnlyList<string> Last
    {
        get
        {
            lock (_gate) return [.. _last];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    // Several factories share it; it is closed when the process ends, and each line is flushed.
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, int id, string message, Exception? exception)
    {
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var word = level switch
        {
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            LogLevel.Critical => "crit",
            _ => "dbug",
        };
        lock (_gate)
        {
            _writer.WriteLine($"{time} {word}: {category}[{id}] {message}{(exception is null ? "" : $" {exception}")}");
            _last.Enqueue($"{time[11..19]} {word}  {message.ReplaceLineEndings(" ")}");
            if (_last.Count > LastLines) _last.Dequeue();
        }
    }

    private sealed class Logger(FileLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, category, eventId.Id, formatter(state, exception), exception);
    }
}
