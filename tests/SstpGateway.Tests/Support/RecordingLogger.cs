using Microsoft.Extensions.Logging;

namespace SstpGateway.Tests.Support;

/// <summary>Keeps what was logged, for tests of the words an operator reads.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    private readonly List<(int Id, string Text)> lines = [];

    public IReadOnlyList<(int Id, string Text)> Lines
    {
        get
        {
            lock (lines) return [.. lines];
        }
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines) lines.Add((eventId.Id, formatter(state, exception)));
    }
}
