using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Operator.Local;

/// <summary>Where the log of the verbs for one host goes. Standard output is for the reader.</summary>
internal static class LocalLogging
{
    /// <summary>One line an event.</summary>
    public static void ToStandardError(ILoggingBuilder logging)
    {
        Filter(logging);
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.ColorBehavior = LoggerColorBehavior.Disabled;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>A file, while a table takes the terminal.</summary>
    public static Action<ILoggingBuilder> To(FileLog file) => logging =>
    {
        Filter(logging);
        logging.AddProvider(file);
    };

    private static void Filter(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        // A client that floods its connection would write a line for each frame; that it is cut off needs none.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Http2", LogLevel.None);
        // Says with a stack trace what the programs say in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
