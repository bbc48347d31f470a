namespace GatewayConfig.Channel;

/// <summary>Paths of the channel: HTTPS with client certificates on the gateway's <c>admin.tls.listen</c>.</summary>
/// <remarks>
/// <code>
/// GET    /channel/status                      GatewayStatus
/// PUT    /channel/bundle                      ConfigurationBundle -> PushResult (200 in force, 409 stale, 422 refused)
/// PUT    /channel/challenges/http-01/{token}  HttpChallenge       -> ServingReport
/// DELETE /channel/challenges/http-01/{token}                         204, also when there is none
/// PUT    /channel/challenges/tls-alpn-01/{n}  TlsAlpnChallenge    -> ServingReport
/// DELETE /channel/challenges/tls-alpn-01/{n}                         204, also when there is none
/// PUT    /channel/crls/{name}                 DER of RFC 5280 5   -> ServingReport
/// DELETE /channel/crls/{name}                                        204, also when there is none
/// PUT    /channel/probe-targets               ProbeTargets                               204
/// POST   /channel/probe                       ProbeRequest        -> ProbeResult (403 not among the targets, 429 too many)
/// GET    /sessions                            SessionReport[]
/// DELETE /sessions/{id}                                              202; 404 when there is none
/// POST   /drain                                                   -> DrainReport
/// GET    /metrics                             Prometheus text
/// </code>
/// A request that makes no sense gets 400 with a <see cref="ChannelProblem"/>. A <see cref="MetricsClient"/>
/// gets 403 to all but the last.
/// </remarks>
public static class ChannelRoutes
{
    public const string Status = "/channel/status";
    public const string Bundle = "/channel/bundle";
    public const string HttpChallenges = "/channel/challenges/http-01";
    public const string TlsAlpnChallenges = "/channel/challenges/tls-alpn-01";
    public const string RevocationLists = "/channel/crls";
    public const string ProbeTargets = "/channel/probe-targets";
    public const string Probe = "/channel/probe";
    public const string Sessions = "/sessions";
    public const string Drain = "/drain";
    public const string Metrics = "/metrics";

    public static string HttpChallenge(string token) => $"{HttpChallenges}/{Uri.EscapeDataString(token)}";

    public static string TlsAlpnChallenge(string name) => $"{TlsAlpnChallenges}/{Uri.EscapeDataString(name)}";

    public static string RevocationList(string name) => $"{RevocationLists}/{Uri.EscapeDataString(name)}";

    public static string Session(long id) => FormattableString.Invariant($"{Sessions}/{id}");
}
