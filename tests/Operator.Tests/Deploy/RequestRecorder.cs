using System.Collections.Concurrent;

namespace Operator.Tests.Deploy;

/// <summary>Writes down what is asked of an API.</summary>
internal sealed class RequestRecorder(HttpMessageHandler api) : DelegatingHandler(api)
{
    private readonly ConcurrentQueue<Right> _seen = [];

    public IReadOnlyList<Right> Seen => [.. _seen];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _seen.Enqueue(Right.Of(request));
        return base.SendAsync(request, cancellationToken);
    }
}
