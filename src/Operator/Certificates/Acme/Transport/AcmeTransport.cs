using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Operator.Certificates.Acme.Wire;
using Operator.Connecting;
using Operator.Reconciling;

namespace Operator.Certificates.Acme.Transport;

/// <summary>Carries signed requests to one CA: nonces, the retry on a bad one, and errors
/// in the CA's own words (RFC 8555 section 6).</summary>
/// <remarks>Nothing but a bad nonce is tried again here. What else to do about an error is decided
/// where the order's progress is known.</remarks>
internal sealed class AcmeTransport(
    HttpClient http, Uri directoryUrl, TimeProvider clock, CertificateMetrics metrics, ILogger logger)
{
    /// <summary>A CA may refuse good nonces at random, as Pebble does on purpose; at one in two this
    /// many tries fail once in two million times.</summary>
    private const int NonceTries = 21;

    /// <summary>A chain of certificates is some 10 kB; nothing an ACME CA sends is near this.</summary>
    private const int LongestBody = 1 << 20;

    private static readonly TimeSpan DirectoryLifetime = TimeSpan.FromHours(24);
    private static readonly MediaTypeHeaderValue JoseJson = new("application/jose+json");

    private readonly NoncePool _nonces = new(clock);
    private AcmeDirectory? _directory;
    private long _directoryRead;

    public async Task<AcmeDirectory> GetDirectoryAsync(CancellationToken stopping)
    {
        if (_directory is { } known && clock.GetElapsedTime(_directoryRead) < DirectoryLifetime) return known;

        var reply = await GetAsync("show its directory", directoryUrl, stopping);
        _directoryRead = clock.GetTimestamp();
        return _directory = reply.Read(AcmeJson.Default.AcmeDirectory);
    }

    /// <summary>The next use asks for it again: an address in it turned out to be gone.</summary>
    public void ForgetDirectory() => _directory = null;

    /// <summary>An unsigned GET: the directory and renewal information are open to anyone.</summary>
    public async Task<AcmeReply> GetAsync(string operation, Uri url, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var (reply, refusal) = await SendAsync(operation, request, stopping);
        return reply ?? throw refusal!;
    }

    /// <param name="sign">Makes the body for a given nonce.</param>
    public async Task<AcmeReply> PostAsync(
        string operation, Uri url, Func<string, byte[]> sign, CancellationToken stopping, string? accept = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Content = new ByteArrayContent(sign(await TakeNonceAsync(stopping)));
            request.Content.Headers.ContentType = JoseJson;
            if (accept is not null) request.Headers.Accept.ParseAdd(accept);

            var (reply, refusal) = await SendAsync(operation, request, stopping);
            if (reply is not null) return reply;
            if (refusal!.Class != AcmeErrorClass.BadNonce || attempt == NonceTries) throw refusal;

            metrics.BadNonces.Add(1);
            CertificateLog.BadNonce(logger, operation, attempt);
        }
    }

    private async Task<string> TakeNonceAsync(CancellationToken stopping)
    {
        if (_nonces.TryTake(out var nonce)) return nonce;

        var directory = await GetDirectoryAsync(stopping);
        if (_nonces.TryTake(out nonce)) return nonce;    // the directory's own answer may have brought one

        using var request = new HttpRequestMessage(HttpMethod.Head, directory.NewNonce);
        var (_, refusal) = await SendAsync("hand out a nonce", request, stopping);
        if (refusal is not null) throw refusal;
        return _nonces.TryTake(out nonce)
            ? nonce
            : throw new AcmeUnreachableException("hand out a nonce", "its answer has no Replay-Nonce");
    }

    private async Task<(AcmeReply? Reply, AcmeException? Refusal)> SendAsync(
        string operation, HttpRequestMessage request, CancellationToken stopping)
    {
        using var span = ReconcileTracing.Call("ACME", operation);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stopping);
            metrics.AcmeRequests.Add(1, new("operation", operation), new("code", (int)response.StatusCode));
            ReconcileTracing.End(span, "answered", response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode}");
            var body = await ReadBodyAsync(operation, response, stopping);
            var retryAt = RetryAfter.Read(response.Headers, clock.GetUtcNow());

            // Errors carry nonces, too; after a bad nonce only the one that comes with it is worth keeping.
            var problem = response.IsSuccessStatusCode ? null : ReadProblem(response, body);
            if (problem?.Kind == "badNonce") _nonces.Clear();
            if (response.Headers.TryGetValues("Replay-Nonce", out var nonces)) _nonces.Add(nonces.First());

            if (problem is null)
                return (
                    new AcmeReply(operation, body, response.Headers.Location, retryAt, Alternates(response, request.RequestUri!)),
                    null);

            if (problem.Kind == "about:blank" && response.StatusCode == HttpStatusCode.NotFound) ForgetDirectory();
            return (null, new AcmeException(operation, (int)response.StatusCode, problem, retryAt, response.Headers.Location));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            metrics.AcmeRequests.Add(1, new("operation", operation), new("code", 0));
            ReconcileTracing.End(span, "unreachable", failure.GetType().Name);
            var host = request.RequestUri!.Host;
            var reason = failure is OperationCanceledException
                ? $"no answer within {http.Timeout.TotalSeconds:0} s"
                : ConnectionFault.Words(failure, host);
            throw new AcmeUnreachableException(operation, $"{host}: {reason}", failure);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(string operation, HttpResponseMessage response, CancellationToken stopping)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stopping);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, stopping)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LongestBody)
                throw new AcmeUnreachableException(operation, $"its answer is longer than {LongestBody} bytes");
        }

        return body.ToArray();
    }

    /// <summary>The CA's words, or a stand-in where a proxy in between answered with a page.</summary>
    private static Problem ReadProblem(HttpResponseMessage response, byte[] body)
    {
        try
        {
            if (body.Length > 0 && JsonSerializer.Deserialize(body, AcmeJson.Default.Problem) is { } problem) return problem;
        }
        catch (JsonException)
        {
            // Not a problem document: the status says what is known.
        }

        return new Problem(Detail: $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}, without a problem document");
    }

    private static List<Uri> Alternates(HttpResponseMessage response, Uri baseUrl) =>
        response.Headers.TryGetValues("Link", out var links) ? LinkHeader.Targets(links, "alternate", baseUrl) : [];
}
