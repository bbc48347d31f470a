using System.CommandLine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Operator.Hosting;

/// <summary>The options that say how the log is written.</summary>
internal sealed class LoggingOption
{
    private readonly Option<bool> _json = new("--json-log") { Description = "Write the log as one JSON object a line." };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Log each step, too." };

    public void AddTo(Command command)
    {
        command.Add(_json);
        command.Add(_verbose);
    }

    public Action<ILoggingBuilder> Configure(ParseResult parsed)
    {
        var json = parsed.GetValue(_json);
        var verbose = parsed.GetValue(_verbose);
        return logging =>
        {
            logging.SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Information);
            logging.AddFilter("Microsoft", LogLevel.Warning);
            logging.AddFilter("System.Net.Http", LogLevel.Warning);
            if (json)
            {
                logging.AddJsonConsole(options => options.UseUtcTimestamp = true);
                return;
            }

            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.ColorBehavior = LoggerColorBehavior.Disabled;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            });
        };
    }
}
