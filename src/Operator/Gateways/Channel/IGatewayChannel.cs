using GatewayConfig.Channel;

namespace Operator.Gateways.Channel;

/// <summary>One gateway process, as the operator reaches it. Every method throws <see cref="GatewayChannelException"/>
/// and nothing else, but for cancellation.</summary>
/// <remarks>Nothing is retried here: whoever asks has a queue with back-off. Safe for several callers at a time.</remarks>
public interface IGatewayChannel : IDisposable
{
    GatewayEndPoint EndPoint { get; }

    Task<GatewayStatus> GetStatusAsync(CancellationToken stopping);

    /// <summary>Gives it a configuration. A refusal is a result, not an exception.</summary>
    Task<PushResult> PushAsync(ConfigurationBundle bundle, CancellationToken stopping);

    /// <summary>Has it answer HTTP-01 for a token. Putting the same one again is a way to ask whether it still does.</summary>
    Task<ServingReport> PutHttpChallengeAsync(string token, HttpChallenge challenge, CancellationToken stopping);

    /// <summary>Does nothing when it has no such token.</summary>
    Task DeleteHttpChallengeAsync(string token, CancellationToken stopping);

    /// <summary>Has it answer TLS-ALPN-01 for a DNS name.</summary>
    Task<ServingReport> PutTlsAlpnChallengeAsync(string name, TlsAlpnChallenge challenge, CancellationToken stopping);

    /// <summary>Does nothing when it has no challenge for the name.</summary>
    Task DeleteTlsAlpnChallengeAsync(string name, CancellationToken stopping);

    /// <summary>Has it serve a revocation list at <see cref="RevocationListPath"/>, also after a restart.</summary>
    /// <param name="name">See <see cref="RevocationListPath.IsName"/>.</param>
    /// <param name="list">DER; replaces the one of that name.</param>
    Task<ServingReport> PublishRevocationListAsync(string name, ReadOnlyMemory<byte> list, CancellationToken stopping);

    /// <summary>Does nothing when it serves no such list.</summary>
    Task WithdrawRevocationListAsync(string name, CancellationToken stopping);

    /// <summary>Tells it all that it may be asked to look at; replaces what was said before.</summary>
    Task PutProbeTargetsAsync(ProbeTargets targets, CancellationToken stopping);

    /// <summary>Has it look at a host from where it stands. Rejected when it was not told of it, or is asked too often.</summary>
    Task<ProbeResult> ProbeAsync(ProbeRequest request, CancellationToken stopping);

    Task<IReadOnlyList<SessionReport>> GetSessionsAsync(CancellationToken stopping);

    /// <summary>Begins to end one call politely.</summary>
    /// <returns>False when there is no such call.</returns>
    Task<bool> DisconnectAsync(long session, CancellationToken stopping);

    /// <summary>No new calls from now on; the process ends after its drain time.</summary>
    Task<DrainReport> DrainAsync(CancellationToken stopping);

    /// <returns>Prometheus text.</returns>
    Task<string> GetMetricsAsync(CancellationToken stopping);
}
