using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Operator.Certificates.Acme.Jose;
using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Acme.Wire;

namespace Operator.Certificates.Acme;

/// <summary>The requests of RFC 8555 and RFC 9773 to one CA. Each is asked once;
/// nothing is remembered but nonces and the directory.</summary>
/// <remarks>All throw <see cref="AcmeException"/> when the CA refuses and <see cref="AcmeUnreachableException"/>
/// when it does not answer.</remarks>
internal sealed class AcmeClient(AcmeTransport transport)
{
    /// <summary>RFC 8555 section 7.4.2.</summary>
    private const string ChainType = "application/pem-certificate-chain";

    private const string RevokeOperation = "revoke the certificate";

    public Task<AcmeDirectory> GetDirectoryAsync(CancellationToken stopping) => transport.GetDirectoryAsync(stopping);

    /// <summary>Registers the key, or finds the account that it has already (section 7.3):
    /// asking twice makes one account.</summary>
    /// <param name="contact">URLs such as "mailto:admin@example.com"; may be empty.</param>
    /// <returns>The account's URL, which is the key id of all further requests.</returns>
    public async Task<Uri> RegisterAsync(
        AccountKey key, IReadOnlyList<string> contact, ExternalAccount? externalAccount, CancellationToken stopping)
    {
        var url = (await GetDirectoryAsync(stopping)).NewAccount;
        var binding = externalAccount is null
            ? null
            : JsonNode.Parse(JsonWebSignature.BindExternalAccount(key, url, externalAccount.KeyId, externalAccount.MacKey));
        var payload = Json(new NewAccount(true, contact.Count == 0 ? null : contact, null, binding), AcmeJson.Default.NewAccount);
        var reply = await transport.PostAsync(
            "register the account", url, nonce => JsonWebSignature.Sign(key, url, nonce, null, payload), stopping);
        return reply.RequireLocation();
    }

    /// <summary>The account of a key that must have one (section 7.3.1).</summary>
    public async Task<Uri> FindAccountAsync(AccountKey key, CancellationToken stopping)
    {
        var url = (await GetDirectoryAsync(stopping)).NewAccount;
        var payload = Json(new NewAccount(null, null, true, null), AcmeJson.Default.NewAccount);
        var reply = await transport.PostAsync(
            "find the account", url, nonce => JsonWebSignature.Sign(key, url, nonce, null, payload), stopping);
        return reply.RequireLocation();
    }

    public Task UpdateContactAsync(AcmeSigner account, IReadOnlyList<string> contact, CancellationToken stopping) =>
        PostAsync(
            "update the account's contact", account.Url, account,
            Json(new AccountUpdate(Contact: contact), AcmeJson.Default.AccountUpdate), stopping);

    /// <summary>For good: the CA takes nothing from this account any more (section 7.3.6).</summary>
    public Task DeactivateAccountAsync(AcmeSigner account, CancellationToken stopping) =>
        PostAsync(
            "deactivate the account", account.Url, account,
            Json(new AccountUpdate(Status: "deactivated"), AcmeJson.Default.AccountUpdate), stopping);

    /// <summary>From now on the account answers to another key only (section 7.3.5).</summary>
    public async Task ChangeKeyAsync(AcmeSigner account, AccountKey newKey, CancellationToken stopping)
    {
        var url = (await GetDirectoryAsync(stopping)).KeyChange;
        var change = new KeyChange(account.Url.OriginalString, JsonNode.Parse(account.Key.Jwk)!);
        var inner = JsonWebSignature.Sign(newKey, url, nonce: null, keyId: null, Json(change, AcmeJson.Default.KeyChange));
        await PostAsync("change the account's key", url, account, inner, stopping);
    }

    /// <param name="names">Normalized (<see cref="CertificateNames"/>).</param>
    /// <param name="replaces">A <see cref="CertId"/>, or null.</param>
    public async Task<(Uri Url, Order Order)> CreateOrderAsync(
        AcmeSigner account, IReadOnlyList<string> names, string? replaces, string? profile, CancellationToken stopping)
    {
        var url = (await GetDirectoryAsync(stopping)).NewOrder;
        var payload = Json(new NewOrder([.. names.Select(Identifier.Of)], replaces, profile), AcmeJson.Default.NewOrder);
        var reply = await PostAsync("create an order", url, account, payload, stopping);
        return (reply.RequireLocation(), reply.Read(AcmeJson.Default.Order));
    }

    public async Task<Polled<Order>> GetOrderAsync(AcmeSigner account, Uri order, CancellationToken stopping) =>
        await GetAsync("show the order", order, account, AcmeJson.Default.Order, stopping);

    public async Task<Polled<Authorization>> GetAuthorizationAsync(
        AcmeSigner account, Uri authorization, CancellationToken stopping) =>
        await GetAsync("show an authorization", authorization, account, AcmeJson.Default.Authorization, stopping);

    /// <summary>Tells the CA that the proof is in place (section 7.5.1).</summary>
    public Task TriggerChallengeAsync(AcmeSigner account, Uri challenge, CancellationToken stopping) =>
        PostAsync("check a challenge", challenge, account, "{}"u8.ToArray(), stopping);

    public Task DeactivateAuthorizationAsync(AcmeSigner account, Uri authorization, CancellationToken stopping) =>
        PostAsync(
            "give up an authorization", authorization, account,
            Json(new AuthorizationUpdate("deactivated"), AcmeJson.Default.AuthorizationUpdate), stopping);

    /// <param name="csr">PKCS#10 in DER.</param>
    public async Task<Polled<Order>> FinalizeAsync(AcmeSigner account, Uri finalize, byte[] csr, CancellationToken stopping)
    {
        var payload = Json(new FinalizeRequest(Base64Url.EncodeToString(csr)), AcmeJson.Default.FinalizeRequest);
        var reply = await PostAsync("finalize the order", finalize, account, payload, stopping);
        return new Polled<Order>(reply.Read(AcmeJson.Default.Order), reply.RetryAt);
    }

    /// <param name="preferredIssuer">
    /// Common name of the issuer of a chain's last certificate. Where no chain has it, the CA's default chain is taken.
    /// </param>
    /// <returns>The chain as PEM, and whether it has the preferred issuer.</returns>
    public async Task<(CertificateChain Chain, bool Preferred)> DownloadAsync(
        AcmeSigner account, Uri certificate, string? preferredIssuer, CancellationToken stopping)
    {
        const string operation = "hand out the certificate";
        var reply = await PostAsync(operation, certificate, account, [], stopping, ChainType);
        var first = Read(reply);
        if (preferredIssuer is null || first.TopIssuer == preferredIssuer) return (first, true);

        foreach (var alternate in reply.Alternates)
        {
            var chain = Read(await PostAsync(operation, alternate, account, [], stopping, ChainType));
            if (chain.TopIssuer == preferredIssuer) return (chain, true);
        }

        return (first, false);

        static CertificateChain Read(AcmeReply reply) =>
            CertificateChain.TryRead(System.Text.Encoding.ASCII.GetString(reply.Body), out var chain)
                ? chain!
                : throw new AcmeUnreachableException(operation, "its answer is not a chain of PEM certificates");
    }

    /// <summary>RFC 8555 section 7.6, in the name of the account that ordered it.</summary>
    public async Task RevokeAsync(
        AcmeSigner account, X509Certificate2 certificate, X509RevocationReason reason, CancellationToken stopping) =>
        await PostAsync(
            RevokeOperation, (await GetDirectoryAsync(stopping)).RevokeCert, account, Revocation(certificate, reason), stopping);

    /// <summary>The same by whoever has the certificate's key, when the account is gone.</summary>
    public async Task RevokeAsync(
        PrivateKey key, X509Certificate2 certificate, X509RevocationReason reason, CancellationToken stopping)
    {
        var url = (await GetDirectoryAsync(stopping)).RevokeCert;
        var payload = Revocation(certificate, reason);
        await transport.PostAsync(
            RevokeOperation, url,
            nonce => JsonWebSignature.Sign(new CertificateJwsKey(key), url, nonce, null, payload), stopping);
    }

    /// <returns>Null at a CA without renewal information.</returns>
    public async Task<Polled<RenewalInfo>?> GetRenewalInfoAsync(string certId, CancellationToken stopping)
    {
        if ((await GetDirectoryAsync(stopping)).RenewalInfo is not { } url) return null;

        var reply = await transport.GetAsync(
            "say when to renew", new Uri($"{url.OriginalString.TrimEnd('/')}/{certId}"), stopping);
        return new Polled<RenewalInfo>(reply.Read(AcmeJson.Default.RenewalInfo), reply.RetryAt);
    }

    private async Task<Polled<T>> GetAsync<T>(
        string operation, Uri url, AcmeSigner account, JsonTypeInfo<T> type, CancellationToken stopping)
        where T : class
    {
        var reply = await PostAsync(operation, url, account, [], stopping);
        return new Polled<T>(reply.Read(type), reply.RetryAt);
    }

    private Task<AcmeReply> PostAsync(
        string operation, Uri url, AcmeSigner account, byte[] payload, CancellationToken stopping, string? accept = null) =>
        transport.PostAsync(
            operation, url, nonce => JsonWebSignature.Sign(account.Key, url, nonce, account.Url, payload), stopping, accept);

    private static byte[] Revocation(X509Certificate2 certificate, X509RevocationReason reason) =>
        Json(new Revocation(Base64Url.EncodeToString(certificate.RawData), (int)reason), AcmeJson.Default.Revocation);

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
