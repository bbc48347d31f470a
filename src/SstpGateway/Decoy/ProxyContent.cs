using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Decoy;

/// <summary>Another web server's answers, passed on as a reverse proxy does.
/// How large a body may be is for the back end to say.</summary>
#pragma warning disable CA1001 // After a reload conversations go on with the decoy they began with; the client's idle connections close by themselves.
internal sealed class ProxyContent : IDecoyContent
#pragma warning restore CA1001
{
    private const int BufferLength = 16 * 1024;

    // Fields of one hop (RFC 9110 section 7.6.1), those that the transport writes itself, and those that only a proxy may write.
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate",
        "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "Host", "Expect", "Content-Length", "X-Forwarded-Proto",
    };

    // Fields that have their place in ResponseHead.
    private static readonly HashSet<string> Placed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Server", "Date", "Content-Type", "Content-Length", "Last-Modified", "Location",
    };

    // proxy_connect_timeout, proxy_send_timeout and proxy_read_timeout of nginx are all this long.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Uri _backend;
    private readonly TimeProvider _clock;
    private readonly ILogger<ProxyContent> _logger;
    private readonly HttpMessageInvoker _client;

    public ProxyContent(Uri backend, TimeProvider clock, ILogger<ProxyContent> logger)
    {
        _backend = backend;
        _clock = clock;
        _logger = logger;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // A proxy passes on; it does not follow, unpack, remember or trace.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        });
    }

    public long MaxBodyLength => long.MaxValue;

    public async ValueTask AnswerAsync(RequestHead request, RequestBody body, Answer answer, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        using var message = Message(request, body, stopping);
        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(message, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            await FailAsync(answer, "504 Gateway Time-out", $"no answer within {Timeout.TotalSeconds} s", stopping)
                .ConfigureAwait(false);
            return;
        }
        catch (HttpRequestException e) when (message.Content is not ForwardedBody { IsVisitorGone: true })
        {
            await FailAsync(answer, "502 Bad Gateway", Reason(e), stopping).ConfigureAwait(false);
            return;
        }
        catch (HttpRequestException e)
        {
            throw new IOException("The visitor broke off.", e);
        }
        using (response) await PassOnAsync(request, response, answer, stopping).ConfigureAwait(false);
    }

    private HttpRequestMessage Message(RequestHead request, RequestBody body, CancellationToken stopping)
    {
        // Built by hand: the back end is to see the target as the visitor wrote it.
        var asWritten = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var message = new HttpRequestMessage(
            new HttpMethod(request.Method), new Uri(_backend.GetLeftPart(UriPartial.Authority) + request.Target, asWritten))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = request.Framing == BodyFraming.None ? null : new ForwardedBody(body, stopping),
        };
        var ofThisHop = (request.Field("Connection") ?? "").Split(',', StringSplitOptions.TrimEntries);
        foreach (var (name, value) in request.Fields)
        {
            if (NotForwarded.Contains(name) || ofThisHop.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        message.Headers.Host = request.Field("Host");
        message.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        if (request.Framing == BodyFraming.Chunked) message.Headers.TransferEncodingChunked = true;
        return message;
    }

    private async ValueTask PassOnAsync(
        RequestHead request, HttpResponseMessage response, Answer answer, CancellationToken stopping)
    {
        var status = (int)response.StatusCode;
        var hasBody = !request.IsHead && status is not (204 or 304);
        var fields = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated);
        var head = new ResponseHead($"{status:D3} {response.ReasonPhrase}")
        {
            ContentType = First(response.Content.Headers.NonValidated, "Content-Type"),
            ContentLength = response.Content.Headers.ContentLength is { } length && (hasBody || request.IsHead) ? length : null,
            LastModified = First(response.Content.Headers.NonValidated, "Last-Modified"),
            Location = First(response.Headers.NonValidated, "Location"),
            Others = [.. fields.Where(field => !NotForwarded.Contains(field.Key) && !Placed.Contains(field.Key))
                .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value)))],
        };
        await answer.BeginAsync(head, hasBody, stopping).ConfigureAwait(false);
        if (hasBody) await CopyAsync(response, answer, stopping).ConfigureAwait(false);
        await answer.EndAsync(stopping).ConfigureAwait(false);
    }

    private async ValueTask CopyAsync(HttpResponseMessage response, Answer answer, CancellationToken stopping)
    {
        await using var source = await response.Content.ReadAsStreamAsync(stopping).ConfigureAwait(false);
        var buffer = new byte[BufferLength];
        while (true)
        {
            using var late = new CancellationTokenSource(Timeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
            int count;
            try
            {
                count = await source.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or HttpRequestException
                || (e is OperationCanceledException && !stopping.IsCancellationRequested))
            {
                // The head has gone out: all that is left is to close before the end,
                // so that the visitor sees that it is not the whole.
                DecoyLog.BackendFailed(_logger, _backend, e.Message);
                throw new IOException("The decoy's back end broke off its answer.", e);
            }
            if (count == 0) return;
            await answer.ContinueAsync(buffer.AsMemory(0, count), stopping).ConfigureAwait(false);
        }
    }

    private ValueTask FailAsync(Answer answer, string status, string reason, CancellationToken stopping)
    {
        DecoyLog.BackendFailed(_logger, _backend, reason);
        return answer.SendPageAsync(status, stopping);
    }

    private static string Reason(HttpRequestException e) =>
        e.InnerException is SocketException socket ? socket.Message : e.Message;

    private static string? First(HttpHeadersNonValidated fields, string name) =>
        fields.TryGetValues(name, out var values) ? values.First() : null;
}
