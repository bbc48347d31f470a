using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using KubeApi.Client;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Gateways.Channel;
using Operator.Gateways.Planning;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways;

/// <summary>Keeps the channel's CA in a Secret of the operator's own namespace, and gives each
/// VpnGateway a Secret with a certificate of it.</summary>
internal sealed class ChannelSecrets(
    KubeClient client, SecretStore secrets, OperatorOptions options, TimeProvider time,
    ILogger<ChannelSecrets> logger) : IDisposable
{
    private const string AuthorityName = "sstp-operator-channel-ca";

    /// <summary>How long the CA is used without looking whether it is time for another generation.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Held? _held;

    /// <summary>Whether there is a CA, so that gateways can be talked to.</summary>
    public bool IsReady => _held is not null;

    /// <summary>What the operator shows to gateways.</summary>
    /// <exception cref="InvalidOperationException">Not <see cref="IsReady"/> yet.</exception>
    public ChannelCredentials Credentials =>
        _held?.Credentials ?? throw new InvalidOperationException("The channel's CA has not been read yet.");

    /// <summary>Makes sure that a gateway's pods find a certificate to mount, and that it is a good one.</summary>
    public async Task EnsureAsync(VpnGateway gateway, CancellationToken stopping)
    {
        var held = await LoadAsync(stopping).ConfigureAwait(false);
        var key = new ObjectKey(gateway.Metadata.Namespace!, GatewayNames.Channel(gateway.Metadata.Name));
        var name = ChannelNames.Gateway(key.Namespace, gateway.Metadata.Name);
        var stored = await secrets.FindAsync(key, stopping).ConfigureAwait(false);
        if (stored?.Value is { } known
            && ChannelSecretData.Text(known, ChannelSecretData.Trust) == held.Authority.TrustBundle
            && known.Find(ChannelSecretData.Key) is not null
            && !held.Authority.MustReissue(
                ChannelSecretData.Text(known, ChannelSecretData.Certificate), time.GetUtcNow(), name, ChannelNames.AnyGateway))
            return;

        var issued = held.Authority.IssueGateway(name, time.GetUtcNow());
        secrets.Wrote(await client.ApplyAsync(
            BuiltIn.Secrets, Manifest(gateway, key, issued, held.Authority.TrustBundle), GatewayApplier.FieldManager, stopping)
            .ConfigureAwait(false));
    }

    /// <summary>Reads the CA, makes it when there is none, and adds a generation when it is time.</summary>
    public async Task<ChannelAuthority> AuthorityAsync(CancellationToken stopping) =>
        (await LoadAsync(stopping).ConfigureAwait(false)).Authority;

    public void Dispose() => _loading.Dispose();

    private async Task<Held> LoadAsync(CancellationToken stopping)
    {
        if (_held is { } held && time.GetElapsedTime(held.ReadAt) < Freshness) return held;
        await _loading.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            if (_held is { } other && time.GetElapsedTime(other.ReadAt) < Freshness) return other;

            var authority = await ReadOrMakeAsync(stopping).ConfigureAwait(false);
            var own = authority.IssueOperator(time.GetUtcNow());
            return _held = new Held(authority, new ChannelCredentials(own, authority.TrustBundle), time.GetTimestamp());
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<ChannelAuthority> ReadOrMakeAsync(CancellationToken stopping)
    {
        var key = new ObjectKey(options.OwnNamespace ?? client.DefaultNamespace, AuthorityName);
        var stored = await client.GetAsync(BuiltIn.Secrets, key, stopping).ConfigureAwait(false);
        var now = time.GetUtcNow();
        if (stored is null)
        {
            var made = ChannelAuthority.Create(now);
            await client.CreateAsync(BuiltIn.Secrets, Manifest(key, made), stopping).ConfigureAwait(false);
            GatewaysLog.AuthorityWritten(logger, key.ToString());
            return made;
        }

        var known = Load(key, stored.Value);
        var renewed = known.Renew(now);
        if (ReferenceEquals(renewed, known)) return known;

        var manifest = stored.ToJsonObject();
        manifest["data"] = Manifest(key, renewed)["data"]!.DeepClone();
        await client.ReplaceAsync(BuiltIn.Secrets, manifest, stopping).ConfigureAwait(false);
        GatewaysLog.AuthorityWritten(logger, key.ToString());
        return renewed;
    }

    private static ChannelAuthority Load(ObjectKey key, Secret secret)
    {
        try
        {
            return ChannelAuthority.Load(
                ChannelSecretData.Text(secret, ChannelSecretData.Trust) ?? "",
                ChannelSecretData.Text(secret, ChannelSecretData.Key) ?? "");
        }
        catch (CryptographicException e)
        {
            throw new TerminalException(
                "ChannelCaUnreadable",
                $"The Secret {key} with the CA of the operator's channel cannot be used: {e.Message}. Restore it, or delete it: "
                + "then the gateways get new certificates.");
        }
    }

    private static JsonObject Manifest(ObjectKey key, ChannelAuthority authority) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = key.Name,
            ["namespace"] = key.Namespace,
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "sstp-operator" },
        },
        ["type"] = "Opaque",
        ["data"] = new JsonObject
        {
            [ChannelSecretData.Trust] = ChannelSecretData.Encode(authority.CertificatesPem),
            [ChannelSecretData.Key] = ChannelSecretData.Encode(authority.KeysPem),
        },
    };

    private static JsonObject Manifest(VpnGateway gateway, ObjectKey key, CertificatePem issued, string trustBundle) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = key.Name,
            ["namespace"] = key.Namespace,
            ["labels"] = new JsonObject(GatewayNames.Selector(gateway.Metadata.Name)
                .Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)))
            {
                ["app.kubernetes.io/managed-by"] = "sstp-operator",
            },
            ["ownerReferences"] = new JsonArray(new KubeApi.Objects.OwnerReference(
                ApiGroup.ApiVersion, VpnGateway.KindName, gateway.Metadata.Name, gateway.Metadata.Uid!,
                Controller: true, BlockOwnerDeletion: true).ToJson()),
        },
        ["type"] = "kubernetes.io/tls",
        ["data"] = ChannelSecretData.Of(issued, trustBundle),
    };

    private sealed record Held(ChannelAuthority Authority, ChannelCredentials Credentials, long ReadAt);
}
