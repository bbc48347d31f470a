using System.Collections.Concurrent;
using System.Security.Cryptography;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Operator.Certificates.Acme;
using Operator.Certificates.Acme.Jose;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Cluster;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Accounts;

/// <summary>Accounts at CAs: made once, found again by their key, kept up to date, their keys changed on request.</summary>
/// <remarks>A key is in its Secret before the CA hears of it: a crash then leads to the same account again,
/// and never to a second.</remarks>
internal sealed class AcmeAccounts(
    ICertificateCluster cluster, AcmeClients clients, AccountLedger ledger, ILogger<AcmeAccounts> logger)
{
    private readonly ConcurrentDictionary<ObjectKey, SemaphoreSlim> _gates = new();

    /// <summary>Whether the account is to be changed; <see cref="OpenAsync"/> does it.</summary>
    public async Task<bool> HasWishesAsync(string @namespace, AcmeIssuer issuer, CancellationToken stopping)
    {
        if (await cluster.ReadSecretAsync(new ObjectKey(@namespace, issuer.AccountSecret.Name), stopping) is not { } secret)
            return false;

        var account = AccountSecret.Read(secret);
        return account.Account is not null && account.Annotation(CertificateAnnotations.Deactivated) is null
            && (WantsNewKey(account) || account.Annotation(CertificateAnnotations.Deactivate) == "true"
                || account.Annotation(CertificateAnnotations.Contacts) != string.Join(' ', Contacts(issuer)));
    }

    /// <summary>An account that takes requests.</summary>
    /// <param name="harmless">A certificate whose order has no proofs yet, so that a new key of the account does not spoil it;
    /// null for none.</param>
    /// <exception cref="BlockedException">A Secret or the account itself is in the way.</exception>
    public async Task<AcmeSession> OpenAsync(
        string @namespace, AcmeIssuer issuer, ObjectKey? harmless, CancellationToken stopping)
    {
        var key = new ObjectKey(@namespace, issuer.AccountSecret.Name);
        var gate = _gates.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(stopping);
        try
        {
            var client = clients.For(new Uri(issuer.Directory), await ReadTrustAsync(@namespace, issuer, stopping));
            var secret = await ReadOrCreateAsync(key, issuer, stopping);
            secret = await SettleRolloverAsync(client, secret, stopping);
            if (secret.Account is null) secret = await RegisterAsync(@namespace, client, secret, issuer, stopping);
            secret = await FollowWishesAsync(client, secret, issuer, harmless, stopping);
            return new AcmeSession(client, Signer(secret));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The CA does not know the account any more: the next use registers its key again.</summary>
    public async Task ForgetAsync(string @namespace, AcmeIssuer issuer, CancellationToken stopping)
    {
        var key = new ObjectKey(@namespace, issuer.AccountSecret.Name);
        if (await cluster.ReadSecretAsync(key, stopping) is { } secret)
        {
            await cluster.WriteSecretAsync((AccountSecret.Read(secret) with { Account = null }).ToContent(), stopping);
        }
    }

    /// <summary>For requests that need no account, such as renewal information.</summary>
    public async Task<AcmeClient> ClientAsync(string @namespace, AcmeIssuer issuer, CancellationToken stopping) =>
        clients.For(new Uri(issuer.Directory), await ReadTrustAsync(@namespace, issuer, stopping));

    private async Task<string?> ReadTrustAsync(string @namespace, AcmeIssuer issuer, CancellationToken stopping)
    {
        if (issuer.TrustBundle is not { } reference) return null;

        var bundle = await cluster.ReadConfigMapAsync(new ObjectKey(@namespace, reference.Name), stopping);
        return bundle?.Data.GetValueOrDefault(reference.Key)
            ?? throw new BlockedException(
                "TrustBundleMissing",
                $"ConfigMap {reference.Name} with the key {reference.Key} (issuer.acme.trustBundle) does not exist; create it");
    }

    private async Task<AccountSecret> ReadOrCreateAsync(ObjectKey key, AcmeIssuer issuer, CancellationToken stopping)
    {
        if (await cluster.ReadSecretAsync(key, stopping) is not { } existing)
        {
            using var fresh = AccountKey.Create();
            var annotations = new Dictionary<string, string> { [CertificateAnnotations.Directory] = issuer.Directory };
            var secret = new AccountSecret(key, fresh.ToPem(), null, null, annotations);
            if (await cluster.TryCreateSecretAsync(secret.ToContent(), stopping)) return secret;

            existing = await cluster.ReadSecretAsync(key, stopping)
                ?? throw new BlockedException("AccountKeyMissing", $"Secret {key.Name} comes and goes; see who deletes it");
        }

        var account = AccountSecret.Read(existing);
        if (account.Annotation(CertificateAnnotations.Directory) is { } directory && directory != issuer.Directory)
        {
            throw new BlockedException(
                "AccountOfAnotherCA",
                $"the account in Secret {key.Name} is one of {directory}; "
                + $"name another Secret in issuer.acme.accountSecret for {issuer.Directory}");
        }

        if (account.Annotation(CertificateAnnotations.Deactivated) is not null)
        {
            throw new BlockedException(
                "AccountDeactivated",
                $"the account in Secret {key.Name} was deactivated; "
                + "name another Secret in issuer.acme.accountSecret, and an account is made");
        }

        return account.With(CertificateAnnotations.Directory, issuer.Directory);
    }

    private async Task<AccountSecret> RegisterAsync(
        string @namespace, AcmeClient client, AccountSecret secret, AcmeIssuer issuer, CancellationToken stopping)
    {
        if (!issuer.TermsOfServiceAgreed)
        {
            throw new BlockedException(
                "TermsNotAgreed", "set issuer.acme.termsOfServiceAgreed to true once you have read the CA's terms");
        }

        using var key = Load(secret.KeyPem, secret.Key);
        var account = await client.RegisterAsync(
            key, Contacts(issuer), await ReadExternalAccountAsync(@namespace, issuer, stopping), stopping);
        CertificateLog.AccountRegistered(logger, account, issuer.Directory);
        secret = (secret with { Account = account }).With(CertificateAnnotations.Contacts, string.Join(' ', Contacts(issuer)));
        await cluster.WriteSecretAsync(secret.ToContent(), stopping);
        return secret;
    }

    private async Task<ExternalAccount?> ReadExternalAccountAsync(
        string @namespace, AcmeIssuer issuer, CancellationToken stopping)
    {
        if (issuer.ExternalAccountBinding is not { } binding) return null;

        var secret = await cluster.ReadSecretAsync(new ObjectKey(@namespace, binding.KeySecret.Name), stopping);
        var text = secret?.Text(binding.KeySecret.Key) ?? throw new BlockedException(
            "ExternalAccountKeyMissing",
            $"Secret {binding.KeySecret.Name} with the key {binding.KeySecret.Key} "
            + "(issuer.acme.externalAccountBinding.keySecret) does not exist; create it");
        return ExternalAccount.TryRead(binding.KeyId, text, out var account)
            ? account
            : throw new BlockedException(
                "ExternalAccountKeyUnreadable",
                $"the key {binding.KeySecret.Key} in Secret {binding.KeySecret.Name} is neither base64url nor base64; "
                + "copy it from the CA again");
    }

    /// <summary>A change of key that a crash cut in two: the CA knows which of the keys is in force.</summary>
    private async Task<AccountSecret> SettleRolloverAsync(AcmeClient client, AccountSecret secret, CancellationToken stopping)
    {
        if (secret.PendingKeyPem is null || secret.Account is null) return secret;

        using var pending = Load(secret.PendingKeyPem, secret.Key);
        try
        {
            await client.FindAccountAsync(pending, stopping);
        }
        catch (AcmeException refusal) when (refusal.Class == AcmeErrorClass.AccountUnknown)
        {
            return secret;    // the old key is in force; the change begins again
        }

        return await FinishRolloverAsync(secret, stopping);
    }

    /// <summary>Contacts as the resource has them, and what annotations on the Secret ask for.</summary>
    private async Task<AccountSecret> FollowWishesAsync(
        AcmeClient client, AccountSecret secret, AcmeIssuer issuer, ObjectKey? harmless, CancellationToken stopping)
    {
        var contacts = string.Join(' ', Contacts(issuer));
        if (secret.Annotation(CertificateAnnotations.Contacts) != contacts)
        {
            await client.UpdateContactAsync(Signer(secret), Contacts(issuer), stopping);
            secret = secret.With(CertificateAnnotations.Contacts, contacts);
            await cluster.WriteSecretAsync(secret.ToContent(), stopping);
        }

        // Proofs under way are made with the old key (RFC 8555 section 8.1), so a change of it waits for them.
        if (WantsNewKey(secret) && IsIdle(secret.Key, harmless))
        {
            secret = await RollOverAsync(client, secret, stopping);
        }

        if (secret.Annotation(CertificateAnnotations.Deactivate) == "true" && IsIdle(secret.Key, harmless))
        {
            await client.DeactivateAccountAsync(Signer(secret), stopping);
            CertificateLog.AccountDeactivated(logger, secret.Account!);
            await cluster.WriteSecretAsync(secret.With(CertificateAnnotations.Deactivated, "true").ToContent(), stopping);
            throw new BlockedException(
                "AccountDeactivated",
                $"the account in Secret {secret.Key.Name} was deactivated as its annotation asks; "
                + "name another Secret in issuer.acme.accountSecret");
        }

        return secret;
    }

    /// <summary>An order of an earlier process, which this one has not come to yet, is in the status only.</summary>
    private bool IsIdle(ObjectKey account, ObjectKey? harmless) =>
        ledger.UnderWay(account, without: harmless) == 0
        && !cluster.All().Any(other => other.Status?.Order?.Challenges.Count > 0 && other.Spec.Issuer.Acme is { } issuer
            && new ObjectKey(other.Metadata.Namespace ?? "", issuer.AccountSecret.Name) == account
            && new ObjectKey(other.Metadata.Namespace ?? "", other.Metadata.Name) != harmless);

    private async Task<AccountSecret> RollOverAsync(AcmeClient client, AccountSecret secret, CancellationToken stopping)
    {
        if (secret.PendingKeyPem is null)
        {
            using var fresh = AccountKey.Create();
            secret = secret with { PendingKeyPem = fresh.ToPem() };
            await cluster.WriteSecretAsync(secret.ToContent(), stopping);
        }

        using var pending = Load(secret.PendingKeyPem, secret.Key);
        await client.ChangeKeyAsync(Signer(secret), pending, stopping);
        return await FinishRolloverAsync(secret, stopping);
    }

    private async Task<AccountSecret> FinishRolloverAsync(AccountSecret secret, CancellationToken stopping)
    {
        secret = secret with { KeyPem = secret.PendingKeyPem!, PendingKeyPem = null };
        if (secret.Annotation(CertificateAnnotations.RolloverAt) is { } wish)
            secret = secret.With(CertificateAnnotations.RolledOverFor, wish);
        await cluster.WriteSecretAsync(secret.ToContent(), stopping);
        CertificateLog.AccountKeyChanged(logger, secret.Account!);
        return secret;
    }

    private static bool WantsNewKey(AccountSecret secret) =>
        secret.Annotation(CertificateAnnotations.RolloverAt) is { } wish
        && wish != secret.Annotation(CertificateAnnotations.RolledOverFor);

    private static AcmeSigner Signer(AccountSecret secret) => new(Load(secret.KeyPem, secret.Key), secret.Account!);

    private static AccountKey Load(string pem, ObjectKey secret)
    {
        try
        {
            return AccountKey.FromPem(pem);
        }
        catch (CryptographicException failure)
        {
            throw new BlockedException(
                "AccountKeyUnreadable", $"the account key in Secret {secret.Name} cannot be used: {failure.Message}");
        }
    }

    private static IReadOnlyList<string> Contacts(AcmeIssuer issuer) =>
        [.. issuer.Contacts.Select(address => "mailto:" + address)];
}
