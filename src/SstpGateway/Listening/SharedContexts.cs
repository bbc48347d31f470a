using GatewayConfig.Tls;
using SstpGateway.Certificates;
using SstpTransport.Tls;

namespace SstpGateway.Listening;

/// <summary>The native TLS contexts that connections with one certificate share,
/// each prepared when the first of its kind comes.</summary>
internal sealed class SharedContexts(ServerCertificate certificate)
{
    private readonly Lock _gate = new();
    // By the two things in which the options of connections differ.
    private readonly Task<SharedServerContext?>?[] _kinds = new Task<SharedServerContext?>?[4];

    /// <summary>The context for a connection; null for the first of its kind, while it is
    /// being prepared, and where connections must have their own.</summary>
    public SharedServerContext? Find(TlsConfig config, bool http11)
    {
        // A context must not change once it is used, and .NET keeps one for a certificate whatever the policy: the usual policy
        // has it. A placeholder takes no calls; an OCSP answer is sent only from a context that was made with it.
        if (config.Policy != TlsPolicy.Modern || certificate.IsPlaceholder || !certificate.Stapling.IsCompleted) return null;

        var kind = (config.MinimumVersion == TlsVersion.Tls13 ? 2 : 0) + (http11 ? 1 : 0);
        if (Volatile.Read(ref _kinds[kind]) is { } preparing) return preparing.IsCompletedSuccessfully ? preparing.Result : null;

        Prepare(kind, config, http11);
        return null;
    }

    private void Prepare(int kind, TlsConfig config, bool http11)
    {
        lock (_gate)
        {
            _kinds[kind] ??= Task.Run(() => SharedServerContext.TryPrepareAsync(
                ServerTlsPolicy.Options(config, certificate.Context, http11, isShared: true),
                ServerTlsPolicy.ModernTls12, ServerTlsPolicy.ModernTls13));
        }
    }
}
