using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.InternalCa;

/// <summary>The revocation list of each authority, in a ConfigMap beside it: what was revoked,
/// and the signed list for the gateways.</summary>
internal sealed class Revocations(ICertificateCluster cluster, IRevocationPublisher publisher, TimeProvider clock)
{
    private const string StateEntry = "revoked.json";
    private const string ListEntry = "ca.crl";

    private static readonly JsonTypeInfo<RevocationState> Json = ResourceJson.Info<RevocationState>();

    private readonly ConcurrentDictionary<ObjectKey, SemaphoreSlim> _gates = new();

    /// <summary>Name under which gateways serve the list.</summary>
    public static string ListName(InternalCaIssuer issuer) => $"{issuer.CaSecret.Name}.crl";

    /// <summary>Where clients find the list; null when none is published.</summary>
    /// <exception cref="BlockedException">The gateway that should serve it does not exist.</exception>
    public async Task<Uri?> FindAddressAsync(string @namespace, InternalCaIssuer issuer, CancellationToken stopping)
    {
        if (issuer.RevocationList is not { } settings) return null;

        var host = settings.Host ?? await publisher.FindHostAsync(@namespace, settings.VpnGatewayName, stopping)
            ?? throw new BlockedException(
                "RevocationListHasNoHost",
                $"VpnGateway {settings.VpnGatewayName} (issuer.internalCa.revocationList) does not exist; "
                + "create it, or give the host name");
        return new Uri($"http://{host}{GatewayConfig.Channel.RevocationListPath.Of(ListName(issuer))}");
    }

    public async Task<bool> HasGatewayAsync(string @namespace, InternalCaIssuer issuer, CancellationToken stopping) =>
        issuer.RevocationList is { } settings
        && await publisher.FindHostAsync(@namespace, settings.VpnGatewayName, stopping) is not null;

    /// <summary>Adds a certificate, and makes and publishes a list with it. Doing so twice is doing so once.</summary>
    /// <exception cref="Challenges.ChallengeException">The list has it, and is not served everywhere.</exception>
    public Task RevokeAsync(
        string @namespace, InternalCaIssuer issuer, Authority authority,
        RevokedCertificate certificate, CancellationToken stopping) =>
        UpdateAsync(@namespace, issuer, authority, certificate, stopping);

    /// <summary>Renews the list when half of its time is over, and sees that every gateway serves it.</summary>
    /// <returns>When to come back.</returns>
    public async Task<DateTimeOffset?> KeepFreshAsync(
        string @namespace, InternalCaIssuer issuer, Authority authority, CancellationToken stopping) =>
        issuer.RevocationList is null ? null : await UpdateAsync(@namespace, issuer, authority, null, stopping);

    private async Task<DateTimeOffset> UpdateAsync(
        string @namespace, InternalCaIssuer issuer, Authority authority, RevokedCertificate? added, CancellationToken stopping)
    {
        var key = new ObjectKey(@namespace, SecretNames.RevocationList(issuer.CaSecret.Name));
        var gate = _gates.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(stopping);
        try
        {
            var lifetime = issuer.RevocationList?.Lifetime.Value ?? TimeSpan.FromDays(7);
            var now = clock.GetUtcNow();
            var stored = await cluster.ReadConfigMapAsync(key, stopping);
            var state = Read(stored);
            var isNew = added is not null && state?.Revoked.Any(known => known.Serial == added.Serial) != true;
            if (state is null || isNew || state.Issuer != authority.Issuing.SerialNumber || now >= state.BuiltAt + lifetime / 2)
            {
                var revoked = (state?.Revoked ?? []).Where(entry => entry.NotAfter > now).Concat(isNew ? [added!] : []).ToArray();
                state = new RevocationState((state?.Number ?? 0) + 1, now, authority.Issuing.SerialNumber, revoked);
                stored = new ConfigMapContent(
                    key,
                    new Dictionary<string, string> { [StateEntry] = JsonSerializer.Serialize(state, Json) },
                    new Dictionary<string, byte[]>
                    {
                        [ListEntry] = RevocationListBuilder.Build(authority, revoked, state.Number, lifetime, now),
                    });
                await cluster.WriteConfigMapAsync(stored, stopping);
            }

            if (issuer.RevocationList is { } settings
                && await publisher.PublishAsync(
                    @namespace, settings.VpnGatewayName, ListName(issuer),
                    stored!.BinaryData[ListEntry], stopping) is { } missing)
            {
                throw new Challenges.ChallengeException(
                    $"The revocation list is not served everywhere: {missing}", TimeSpan.FromMinutes(1));
            }

            return state.BuiltAt + lifetime / 2;
        }
        finally
        {
            gate.Release();
        }
    }

    private static RevocationState? Read(ConfigMapContent? stored)
    {
        if (stored?.Data.GetValueOrDefault(StateEntry) is not { } text || !stored.BinaryData.ContainsKey(ListEntry)) return null;

        try
        {
            return JsonSerializer.Deserialize(text, Json);
        }
        catch (JsonException failure)
        {
            throw new BlockedException(
                "RevocationsUnreadable",
                $"ConfigMap {stored.Key.Name} cannot be read ({failure.Message}); "
                + "restore it, for what was revoked stands only there");
        }
    }
}
