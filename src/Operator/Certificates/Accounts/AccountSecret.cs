using System.Text;
using KubeApi.Objects;
using Operator.Certificates.Cluster;

namespace Operator.Certificates.Accounts;

/// <summary>What an account's Secret holds.</summary>
/// <param name="KeyPem">The account's key, PKCS#8. The only thing that must be there: by it the CA finds the account.</param>
/// <param name="PendingKeyPem">A key that the account is being changed to.</param>
/// <param name="Account">The account's URL; null until the CA has answered.</param>
internal sealed record AccountSecret(
    ObjectKey Key, string KeyPem, string? PendingKeyPem, Uri? Account, IReadOnlyDictionary<string, string> Annotations)
{
    public const string KeyEntry = "account.key";
    public const string PendingKeyEntry = "pending.key";
    public const string AccountEntry = "account.url";

    public string? Annotation(string name) => Annotations.GetValueOrDefault(name);

    public AccountSecret With(string annotation, string value) =>
        this with { Annotations = new Dictionary<string, string>(Annotations) { [annotation] = value } };

    /// <exception cref="BlockedException">There is no key in it.</exception>
    public static AccountSecret Read(SecretContent secret)
    {
        var key = secret.Text(KeyEntry) ?? throw new BlockedException(
            "AccountKeyMissing",
            $"Secret {secret.Key.Name} has no entry {KeyEntry}; put the account's PEM key there, "
            + "or delete the Secret and a new account is made");
        var account = Uri.TryCreate(secret.Text(AccountEntry), UriKind.Absolute, out var url) ? url : null;
        return new AccountSecret(secret.Key, key, secret.Text(PendingKeyEntry), account, secret.Annotations);
    }

    public SecretContent ToContent()
    {
        var data = new Dictionary<string, byte[]> { [KeyEntry] = Encoding.ASCII.GetBytes(KeyPem) };
        if (PendingKeyPem is not null) data[PendingKeyEntry] = Encoding.ASCII.GetBytes(PendingKeyPem);
        if (Account is not null) data[AccountEntry] = Encoding.ASCII.GetBytes(Account.OriginalString);
        return new SecretContent(Key, SecretContent.Opaque, data, Annotations);
    }

    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => $"account {Account?.OriginalString ?? "not registered"} in Secret {Key}";
}
