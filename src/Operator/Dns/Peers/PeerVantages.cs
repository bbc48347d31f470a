using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GatewayConfig.Channel;
using Operator.Dns.Records;
using Operator.Dns.Vantages;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Peers;

/// <summary>Asks operators elsewhere, at <c>/peer/look</c> of their push endpoint; see <see cref="PeerAnswerer"/>
/// for the other end.</summary>
public sealed class PeerVantages(IRecordWorld world, HttpClient client, TimeProvider time) : IPeerVantages
{
    public const string Path = "/peer/look";

    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public async Task<Testimony> AskAsync(string ns, PeerOperator peer, ProbeRequest request, CancellationToken stopping)
    {
        if (await world.FindSecretAsync(ns, peer.TokenSecret, stopping) is not { Length: > 0 } token)
            return Testimony.Silent(
                $"the Secret {peer.TokenSecret.Name} has no key {peer.TokenSecret.Key} with a token in it; "
                + $"create it in namespace {ns}");

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        using var question = new HttpRequestMessage(HttpMethod.Get, UrlFor(peer, request));
        question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await client.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode != HttpStatusCode.OK) return Testimony.Silent(Words(answer.StatusCode));

            await answer.Content.LoadIntoBufferAsync(MaxAnswer, either.Token);
            var seen = await answer.Content.ReadFromJsonAsync(ChannelJson.Default.ProbeResult, either.Token);
            return seen is null ? Testimony.Silent("its answer is empty") : Testimony.Of(seen);
        }
        catch (JsonException)
        {
            return Testimony.Silent("its answer cannot be read; is this the push endpoint of an operator?");
        }
        catch (HttpRequestException exception)
        {
            return Testimony.Silent((exception.InnerException ?? exception).Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Testimony.Silent("no answer in time");
        }
    }

    private static string UrlFor(PeerOperator peer, ProbeRequest request)
    {
        var address = request.Address is null ? "" : $"&address={Uri.EscapeDataString(request.Address)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{peer.Url.TrimEnd('/')}{Path}?name={Uri.EscapeDataString(request.Host)}&port={request.Port}{address}");
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => "it does not know this token; ask those who run it for one",
        HttpStatusCode.Forbidden =>
            "it does not look there: the name does not lead to this address for it, the address is not public, "
            + "or the port is not one of its --peer-port",
        HttpStatusCode.NotFound => "it does not look for others; it has to be run with --peer-tokens",
        HttpStatusCode.TooManyRequests => "it is asked too often with this token",
        HttpStatusCode.GatewayTimeout =>
            "it did not come to an end in time: the zone's servers are slow, or it has much to look at for this token",
        _ => $"it answers {(int)status}",
    };
}
