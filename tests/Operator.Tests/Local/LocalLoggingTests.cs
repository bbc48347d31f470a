using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Operator.Local;

namespace Operator.Tests.Local;

public sealed class LocalLoggingTests
{
    /// <summary>Kestrel has a critical line with a stack trace for each, and anybody can connect.</summary>
    [Fact]
    public void Frames_that_a_client_floods_its_connection_with_fill_no_log()
    {
        using var services = new ServiceCollection().AddLogging(LocalLogging.ToStandardError).BuildServiceProvider();
        var loggers = services.GetRequiredService<ILoggerFactory>();

        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Http2").IsEnabled(LogLevel.Critical));
        Assert.True(loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").IsEnabled(LogLevel.Warning));
    }
}
