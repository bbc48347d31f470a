using Operator.Dns.Providers.Http;

namespace Operator.Dns.Accounts;

/// <summary>One HEAD for <c>/robots.txt</c>, without credentials.</summary>
/// <remarks>
/// It needs TCP, TLS and whatever answers HTTP, so it tells a dead host, and a balancer without anything behind it, from one
/// that works. The root would not do: at deSEC and others it <i>is</i> the update, and asking it without credentials is a
/// failed login. Any answer below 500 counts, 404 as well.
/// </remarks>
public sealed class HttpLiveness(HttpClient client, Uri service, TimeProvider time) : ILivenessSignal
{
    /// <summary>A host that needs longer than this for a HEAD is not up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Uri _place = new(service, "/robots.txt");

    public async Task<Liveness> LookAsync(CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), deadline, Patience, Timeout.InfiniteTimeSpan);
        using var request = new HttpRequestMessage(HttpMethod.Head, _place);
        request.Headers.TryAddWithoutValidation("User-Agent", ServiceClient.UserAgent);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return (int)response.StatusCode >= 500 ? Liveness.Broken : Liveness.Answering;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return Liveness.Unreachable;
        }
    }
}
