using System.Net.Http.Headers;
using System.Text;
using Operator.Connecting;

namespace Operator.Dns.Providers.Http;

/// <summary>Sends one request to a service and reads a bounded answer. The network's failures come back as values.</summary>
/// <param name="client">With redirects off: a redirect would carry the credentials elsewhere.</param>
/// <param name="secrets">What must not come back in words, such as a token that the service repeats.</param>
public sealed class ServiceClient(HttpClient client, TimeProvider time, params IReadOnlyList<string> secrets)
{
    /// <summary>Far above the longest answer of any service here (a page of 100 Cloudflare records is 60 KiB).</summary>
    public const int MaxBody = 1 << 20;

    /// <summary>How long a service may take for all of one answer.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>dyndns2 services refuse clients without a name of their own; the contact is what No-IP asks for.</summary>
    public const string UserAgent = "sstp-operator DdnsRecord/0.1 dns@sstp-operator.dev";

    /// <summary>Sends the request, once.</summary>
    /// <returns>The answer, or the failure when there was none.</returns>
    public async Task<(HttpAnswer? Answer, ProviderFailure? Failure)> SendAsync(
        HttpRequestMessage request, CancellationToken stopping)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), deadline, Deadline, Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            var body = await ReadAsync(response.Content, deadline.Token);
            return (new HttpAnswer(response.StatusCode, body, RetryAfter(response.Headers.RetryAfter)), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (null, NoAnswer(request, ConnectionFault.Words(exception, request.RequestUri!.Host)));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return (null, NoAnswer(request, $"no answer within {Deadline.TotalSeconds:0} s"));
        }
    }

    /// <summary>The service's words, fit to be shown: one line, printable, short, without our secrets.</summary>
    public string Quote(string words) => SafeWords.From(words, secrets);

    /// <summary>What the status alone says, for answers whose body says nothing known.</summary>
    public ProviderFailure FromStatus(HttpAnswer answer)
    {
        var words = Quote($"HTTP {(int)answer.Status}: {answer.Body}");
        return (int)answer.Status switch
        {
            401 or 403 => new ProviderFailure(FailureClass.Auth, words, "Check the user name, password or token in the Secret."),
            429 => new ProviderFailure(
                FailureClass.Transient, words, "The service limits how often it is asked; it is asked again later.")
            {
                RetryAfter = answer.RetryAfter,
            },
            >= 500 => new ProviderFailure(FailureClass.Transient, words, "The service has a fault; it is asked again later.")
            {
                RetryAfter = answer.RetryAfter, Outage = ServiceOutage.Broken,
            },
            >= 400 => new ProviderFailure(
                FailureClass.Config, words,
                "The service does not take this request; check the names and settings in spec.provider."),
            >= 300 => new ProviderFailure(
                FailureClass.Unknown, words,
                "The service sends us elsewhere, which is not followed; is there a captive portal, or another address to use?"),
            _ => new ProviderFailure(
                FailureClass.Unknown, words,
                "The answer is not one that this service is known to give; it is asked again later."),
        };
    }

    private ProviderFailure NoAnswer(HttpRequestMessage request, string why) => new(
        FailureClass.Transient,
        Quote($"{request.RequestUri?.Host}: {why}"),
        "The service could not be reached; it is asked again later.") { Outage = ServiceOutage.Unreachable };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken stopping)
    {
        await using var stream = await content.ReadAsStreamAsync(stopping);
        var buffer = new byte[4096];
        using var kept = new MemoryStream();
        while (kept.Length < MaxBody)
        {
            var count = await stream.ReadAsync(buffer, stopping);
            if (count == 0) break;
            kept.Write(buffer, 0, (int)Math.Min(count, MaxBody - kept.Length));
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length).TrimStart('\uFEFF');
    }
}
