using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using KubeApi.Credentials;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;

namespace KubeApi.Client;

/// <summary>Sends requests: with a credential, within a time, again when that is safe or asked for,
/// and with refusals as exceptions.</summary>
internal sealed class ApiTransport : IDisposable
{
    /// <summary>A request that changes nothing survives this many broken connections.</summary>
    private const int LostConnections = 2;

    private readonly ClusterAccess _access;
    private readonly KubeClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly bool _fixedPool;
    private readonly Lock _swapping = new();
    private ConnectionPool? _pool;

    public ApiTransport(
        ClusterAccess access, KubeClientOptions options, TimeProvider time, ILogger logger, HttpMessageHandler? handler)
    {
        _access = access;
        _options = options;
        _time = time;
        _logger = logger;
        _fixedPool = handler is not null;
        if (handler is not null) _pool = new ConnectionPool(handler);
    }

    /// <summary>How far this clock was ahead of the server's at its last answer (RFC 9110 6.6.1, to a second).</summary>
    public TimeSpan? ClockAhead { get; private set; }

    /// <summary>Sends a request and reads all of its answer.</summary>
    /// <exception cref="KubeApiException">The server says no.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached, or the connection broke.</exception>
    /// <exception cref="TimeoutException">There is no answer in time.</exception>
    public Task<byte[]> SendAsync(ApiRequest request, CancellationToken cancelled) =>
        SendAsync(request, static (content, either) => content.ReadAsByteArrayAsync(either), cancelled);

    /// <summary>As the other, for answers too large to be held whole beside what is read from them.</summary>
    /// <param name="read">Called again when the connection breaks in the middle.</param>
    public async Task<T> SendAsync<T>(
        ApiRequest request, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancelled)
    {
        for (var lost = 0; ; lost++)
        {
            using var deadline = new CancellationTokenSource(_options.RequestTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, deadline.Token);
            TimeSpan wait;
            try
            {
                using var response = await OpenAsync(request, deadline, either.Token).ConfigureAwait(false);
                return await read(response.Content, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
            {
                throw new TimeoutException($"{request} was not answered within {_options.RequestTimeout.TotalSeconds:0} s.");
            }
            catch (Exception e) when (e is HttpRequestException or IOException && request.IsSafe && lost < LostConnections)
            {
                ClientLog.SentAgain(_logger, request.ToString(), e.Message);
                wait = TimeSpan.FromMilliseconds(100 << lost);
            }

            await Task.Delay(wait, _time, cancelled).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request and gives back the answer at its first byte; who asked reads it, and disposes of it.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(ApiRequest request, CancellationToken cancelled)
    {
        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, deadline.Token);
        try
        {
            return await OpenAsync(request, deadline, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new TimeoutException($"{request} was not answered within {_options.RequestTimeout.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => _pool?.Dispose();

    private async Task<HttpResponseMessage> OpenAsync(
        ApiRequest request, CancellationTokenSource deadline, CancellationToken cancelled)
    {
        var refused = false;
        for (var asked = 0; ;)
        {
            var credential = await _access.Credentials.GetAsync(cancelled).ConfigureAwait(false);
            using var message = Compose(request, credential);
            var response = await PoolFor(credential).For(request).SendAsync(message, cancelled).ConfigureAwait(false);
            ClockAhead = _time.GetUtcNow() - response.Headers.Date;
            if (response.IsSuccessStatusCode)
            {
                ReportWarnings(request, response);
                return response;
            }

            using (response)
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && !refused)
                {
                    ClientLog.Refused(_logger, request.ToString());
                    refused = true;
                    _access.Credentials.Refused();
                    continue;
                }

                var wait = RetryAfter(response);
                if (wait is not { } patience || asked++ >= _options.RetriesOnRequest || patience > _options.LongestRetryAfter
                    || !IsTransient(response.StatusCode))
                    throw await ReadRefusalAsync(request, response, wait, cancelled).ConfigureAwait(false);

                ClientLog.ToldToWait(
                    _logger, request.ToString(), (int)response.StatusCode, patience,
                    Header(response, "X-Kubernetes-PF-FlowSchema-UID"), Header(response, "X-Kubernetes-PF-PriorityLevel-UID"));
                // Waiting is not the server being slow: the time for an answer starts anew.
                deadline.CancelAfter(patience + _options.RequestTimeout);
                await Task.Delay(patience, _time, cancelled).ConfigureAwait(false);
            }
        }
    }

    private HttpRequestMessage Compose(ApiRequest request, Credential credential)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_access.Server.AbsoluteUri.TrimEnd('/') + request.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.Authorization = credential.Authorization;
        // SocketsHttpHandler asks in the handshake for the host of this header, and takes no other word for it.
        if (_access.TlsServerName is { } serverName) message.Headers.Host = serverName;
        if (_access.Impersonation is { } other) Impersonate(message.Headers, other);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType ?? ApiRequest.Json);
        }

        return message;
    }

    private static void Impersonate(HttpRequestHeaders headers, Impersonation other)
    {
        headers.TryAddWithoutValidation("Impersonate-User", other.User);
        if (other.Uid is not null) headers.TryAddWithoutValidation("Impersonate-Uid", other.Uid);
        foreach (var group in other.Groups) headers.TryAddWithoutValidation("Impersonate-Group", group);
        foreach (var (name, values) in other.Extra)
            headers.TryAddWithoutValidation($"Impersonate-Extra-{Uri.EscapeDataString(name)}", values);
    }

    /// <summary>A new client certificate needs new connections; the old ones serve what runs on them to its end.</summary>
    private ConnectionPool PoolFor(Credential credential)
    {
        lock (_swapping)
        {
            if (_pool is not null && (_fixedPool || ReferenceEquals(_pool.Certificate, credential.Certificate))) return _pool;

            _pool?.Dispose();
            return _pool = new ConnectionPool(_access, credential.Certificate);
        }
    }

    private void ReportWarnings(ApiRequest request, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Warning", out var warnings)) return;
        foreach (var warning in warnings) ClientLog.ServerWarning(_logger, request.ToString(), warning);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };

    private static bool IsTransient(HttpStatusCode code) => code == HttpStatusCode.TooManyRequests || (int)code >= 500;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private static async Task<KubeApiException> ReadRefusalAsync(
        ApiRequest request, HttpResponseMessage response, TimeSpan? retryAfter, CancellationToken cancelled)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancelled).ConfigureAwait(false);
        return new KubeApiException(request.ToString(), ReadStatus(body, response), retryAfter);
    }

    private static ApiStatus ReadStatus(byte[] body, HttpResponseMessage response)
    {
        var code = (int)response.StatusCode;
        try
        {
            if (JsonSerializer.Deserialize(body, KubeJson.Default.ApiStatus) is { Message: not null } status)
                return status with { Code = code };
        }
        catch (JsonException)
        {
            // Proxies and balancers answer in HTML or plain words; the code and what they said is all there is.
        }

        var text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300))).Trim();
        return new ApiStatus(
            code, response.ReasonPhrase, text.Length > 0 ? text : code.ToString(CultureInfo.InvariantCulture), null);
    }
}
