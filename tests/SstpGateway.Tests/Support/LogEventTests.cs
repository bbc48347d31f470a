using System.Reflection;
using Microsoft.Extensions.Logging;
using SstpGateway.Metrics;

namespace SstpGateway.Tests.Support;

public sealed class LogEventTests
{
    private static readonly List<(string Method, int Id)> Events =
    [
        .. from type in typeof(GatewayMetrics).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select ($"{type.Name}.{method.Name}", message.EventId),
    ];

    [Fact]
    public void No_two_events_of_the_log_have_the_same_id()
    {
        var shared = Events.GroupBy(one => one.Id).Where(group => group.Count() > 1);

        Assert.NotEmpty(Events);
        Assert.Empty(shared.Select(group => $"{group.Key}: {string.Join(", ", group.Select(one => one.Method))}"));
    }
}
