using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayConfig.Channel;

namespace Operator.Gateways.Channel;

/// <summary>A gateway's channel over HTTPS; see <see cref="ChannelRoutes"/>.</summary>
internal sealed class GatewayChannel : IGatewayChannel
{
    // A full users file takes the gateway some seconds to read.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A status with every list at its limit, and the metrics of a gateway, stay below 1 MiB;
    // sessions of 10,000 calls below 4 MiB.
    private const int MaxAnswerLength = 16 << 20;

    private static readonly ChannelJson Json = ChannelJson.Default;

    private readonly HttpClient _http;

    public GatewayChannel(GatewayEndPoint endPoint, Func<ChannelCredentials> credentials, TimeProvider clock)
    {
        EndPoint = endPoint;
        _http = new HttpClient(ChannelConnection.Handler(endPoint, credentials, clock))
        {
            BaseAddress = new Uri($"https://{endPoint.ServerName}"),
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxAnswerLength,
        };
    }

    public GatewayEndPoint EndPoint { get; }

    public async Task<GatewayStatus> GetStatusAsync(CancellationToken stopping)
    {
        var status = await GetAsync(ChannelRoutes.Status, Json.GatewayStatus, stopping).ConfigureAwait(false);
        return ChannelProtocol.Understands(status.ChannelVersion)
            ? status
            : throw Fault(
                ChannelFault.NotSupported,
                $"speaks version {status.ChannelVersion} of the channel, this operator {ChannelProtocol.OldestVersion} and "
                + "newer; update the gateway's image");
    }

    public Task<PushResult> PushAsync(ConfigurationBundle bundle, CancellationToken stopping) =>
        AskAsync(
            HttpMethod.Put, ChannelRoutes.Bundle, JsonContent.Create(bundle, Json.ConfigurationBundle), Json.PushResult, stopping,
            HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity);

    public Task<ServingReport> PutHttpChallengeAsync(string token, HttpChallenge challenge, CancellationToken stopping) =>
        AskAsync(
            HttpMethod.Put, ChannelRoutes.HttpChallenge(token),
            JsonContent.Create(challenge, Json.HttpChallenge), Json.ServingReport, stopping);

    public Task DeleteHttpChallengeAsync(string token, CancellationToken stopping) =>
        DeleteAsync(ChannelRoutes.HttpChallenge(token), stopping);

    public Task<ServingReport> PutTlsAlpnChallengeAsync(string name, TlsAlpnChallenge challenge, CancellationToken stopping) =>
        AskAsync(
            HttpMethod.Put, ChannelRoutes.TlsAlpnChallenge(name),
            JsonContent.Create(challenge, Json.TlsAlpnChallenge), Json.ServingReport, stopping);

    public Task DeleteTlsAlpnChallengeAsync(string name, CancellationToken stopping) =>
        DeleteAsync(ChannelRoutes.TlsAlpnChallenge(name), stopping);

    public Task<ServingReport> PublishRevocationListAsync(string name, ReadOnlyMemory<byte> list, CancellationToken stopping)
    {
        var content = new ReadOnlyMemoryContent(list);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pkix-crl");
        return AskAsync(HttpMethod.Put, ChannelRoutes.RevocationList(name), content, Json.ServingReport, stopping);
    }

    public Task WithdrawRevocationListAsync(string name, CancellationToken stopping) =>
        DeleteAsync(ChannelRoutes.RevocationList(name), stopping);

    public async Task PutProbeTargetsAsync(ProbeTargets targets, CancellationToken stopping)
    {
        using var answer = await SendAsync(
            HttpMethod.Put, ChannelRoutes.ProbeTargets,
            JsonContent.Create(targets, Json.ProbeTargets), stopping).ConfigureAwait(false);
        await EnsureAsync(answer, [HttpStatusCode.NoContent], stopping).ConfigureAwait(false);
    }

    public Task<ProbeResult> ProbeAsync(ProbeRequest request, CancellationToken stopping) =>
        AskAsync(
            HttpMethod.Post, ChannelRoutes.Probe, JsonContent.Create(request, Json.ProbeRequest), Json.ProbeResult, stopping);

    public Task<IReadOnlyList<SessionReport>> GetSessionsAsync(CancellationToken stopping) =>
        GetAsync(ChannelRoutes.Sessions, Json.IReadOnlyListSessionReport, stopping);

    public async Task<bool> DisconnectAsync(long session, CancellationToken stopping)
    {
        using var answer = await SendAsync(HttpMethod.Delete, ChannelRoutes.Session(session), null, stopping)
            .ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound) return false;
        await EnsureAsync(answer, [HttpStatusCode.Accepted], stopping).ConfigureAwait(false);
        return true;
    }

    public Task<DrainReport> DrainAsync(CancellationToken stopping) =>
        AskAsync(HttpMethod.Post, ChannelRoutes.Drain, null, Json.DrainReport, stopping, HttpStatusCode.Accepted);

    public async Task<string> GetMetricsAsync(CancellationToken stopping)
    {
        using var answer = await SendAsync(HttpMethod.Get, ChannelRoutes.Metrics, null, stopping).ConfigureAwait(false);
        await EnsureAsync(answer, [HttpStatusCode.OK], stopping).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(stopping).ConfigureAwait(false);
    }

    public void Dispose() => _http.Dispose();

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken stopping) =>
        AskAsync(HttpMethod.Get, path, null, type, stopping);

    /// <param name="expected">200 when none is given.</param>
    private async Task<T> AskAsync<T>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type,
        CancellationToken stopping, params HttpStatusCode[] expected)
    {
        using var answer = await SendAsync(method, path, content, stopping).ConfigureAwait(false);
        await EnsureAsync(answer, expected is [] ? [HttpStatusCode.OK] : expected, stopping).ConfigureAwait(false);
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, stopping).ConfigureAwait(false)
                ?? throw new JsonException("the answer is null");
        }
        catch (JsonException e)
        {
            throw Fault(ChannelFault.Failed, $"the answer to {path} cannot be read: {e.Message}", e);
        }
    }

    private async Task DeleteAsync(string path, CancellationToken stopping)
    {
        using var answer = await SendAsync(HttpMethod.Delete, path, null, stopping).ConfigureAwait(false);
        await EnsureAsync(answer, [HttpStatusCode.NoContent], stopping).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.SendAsync(request, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!stopping.IsCancellationRequested)
        {
            throw Fault(ChannelFault.Unreachable, $"no answer within {Patience.TotalSeconds:0} s", e);
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            throw Fault(
                ChannelFault.Untrusted,
                $"its certificate is not one of the channel's CA for this name ({e.InnerException.Message})", e);
        }
        catch (HttpRequestException e)
        {
            throw Fault(ChannelFault.Unreachable, (e.InnerException ?? e).Message, e);
        }
    }

    private async Task EnsureAsync(HttpResponseMessage answer, HttpStatusCode[] expected, CancellationToken stopping)
    {
        if (expected.Contains(answer.StatusCode)) return;

        var fault = answer.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => ChannelFault.NotSupported,
            >= HttpStatusCode.InternalServerError => ChannelFault.Failed,
            _ => ChannelFault.Rejected,
        };
        throw Fault(fault, $"{(int)answer.StatusCode} {await ProblemAsync(answer, stopping).ConfigureAwait(false)}");
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage answer, CancellationToken stopping)
    {
        try
        {
            if (answer.Content.Headers.ContentType?.MediaType == "application/json"
                && await answer.Content.ReadFromJsonAsync(Json.ChannelProblem, stopping).ConfigureAwait(false)
                    is { Message: { } message })
                return message;
        }
        catch (JsonException)
        {
            // Not our own words, then; the status has to do.
        }
        return answer.ReasonPhrase ?? "";
    }

    private GatewayChannelException Fault(ChannelFault fault, string message, Exception? cause = null) =>
        new(EndPoint, fault, message, cause);
}
