using Microsoft.Extensions.Hosting;

namespace Operator.Dns.Push;

/// <summary>In the place of the listener where nobody is to report.</summary>
public sealed class NoPushServer : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
