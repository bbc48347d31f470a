using System.Reflection;
using Microsoft.Extensions.Logging;
using SstpGateway.Sessions;

namespace SstpGateway.Tests.Sessions;

public sealed class LogEventIdTests
{
    [Fact]
    public void No_two_log_messages_of_the_gateway_share_an_event_id()
    {
        var ids =
            from type in typeof(SessionHost).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            group $"{type.Name}.{method.Name}" by message.EventId into sharing
            where sharing.Count() > 1
            select $"{sharing.Key}: {string.Join(", ", sharing)}";

        Assert.Empty(ids);
    }
}
