using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using SstpGateway.Commands;

namespace SstpGateway.Tests.Deployment;

/// <summary>What the program would write to its log, made by the formatters it really uses.</summary>
internal static class GatewayLogLine
{
    /// <param name="category">The name of the logger.</param>
    /// <param name="log">Logs one event.</param>
    public static string Of(bool json, string category, Action<ILogger> log)
    {
        using var provider = RunCommand.Services(json, verbose: false).BuildServiceProvider();
        var name = json ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        Assert.Equal(name, provider.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        var line = new StringWriter();
        log(new FormattingLogger(
            category, provider.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name), line));
        return line.ToString().TrimEnd('\n');
    }

    private sealed class FormattingLogger(string category, ConsoleFormatter formatter, TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatterOfText) =>
            formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatterOfText), null, output);
    }
}
