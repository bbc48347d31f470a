using System.Text;
using GatewayConfig;
using GatewayConfig.Channel;
using GatewayConfig.Formats;
using SstpGateway.Decoy;

namespace SstpGateway.Challenges;

/// <summary>What plain HTTP shows: the answers to challenges, the revocation lists,
/// and for everything else the way to HTTPS.</summary>
internal sealed class PlainHttpPage(ChallengeBook challenges, RevocationLists lists, Func<GatewayConfiguration> configuration)
    : IDecoyContent
{
    private const string ChallengePrefix = "/.well-known/acme-challenge/";
    private const int HttpsPort = 443;

    public long MaxBodyLength => DecoyLimits.MaxBodyLength;

    public ValueTask AnswerAsync(RequestHead request, RequestBody body, Answer answer, CancellationToken stopping)
    {
        if (request.Method is "GET" or "HEAD")
        {
            if (After(ChallengePrefix, request.Path) is { } token && challenges.TryFindHttp(token, out var keyAuthorization))
                return SendAsync(answer, "application/octet-stream", Encoding.ASCII.GetBytes(keyAuthorization), stopping);
            if (After(RevocationListPath.Prefix, request.Path) is { } name && lists.TryFind(name, out var list))
                return SendAsync(answer, "application/pkix-crl", list, stopping);
        }

        return HostOf(request) is { } host
            ? answer.SendPageAsync(
                new ResponseHead("301 Moved Permanently") { Location = $"https://{host}{request.Target}" }, null, stopping)
            : answer.SendPageAsync("400 Bad Request", stopping);
    }

    private static ValueTask SendAsync(Answer answer, string type, byte[] content, CancellationToken stopping) =>
        answer.SendAsync(new ResponseHead("200 OK") { ContentType = type, ContentLength = content.Length }, content, stopping);

    private static string? After(string prefix, string path) =>
        path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;

    /// <returns>The name the visitor asked for, with the port of HTTPS where that is not its own;
    /// null when there is no name that could be one.</returns>
    private string? HostOf(RequestHead request)
    {
        var asked = request.Field("Host") ?? "";
        var colon = asked.LastIndexOf(':');
        var name = colon > asked.LastIndexOf(']') ? asked[..colon] : asked;
        if (!IsHost(name)) name = configuration().Hostname ?? "";
        if (name.Length == 0) return null;

        var ports = configuration().Listening.Addresses
            .Select(address => AddressPort.TryParse(address, out var endPoint) ? endPoint.Port : HttpsPort).ToList();
        return ports.Contains(HttpsPort) ? name : FormattableString.Invariant($"{name}:{ports[0]}");
    }

    // It goes back into a header; nothing that could end one gets through.
    private static bool IsHost(string name) =>
        name.Length is > 0 and <= 255
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '[' or ']' or ':')
        && Uri.CheckHostName(name) != UriHostNameType.Unknown;
}
