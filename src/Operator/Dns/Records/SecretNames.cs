using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>The Secrets that a record names, so that a change of one is a reason for a pass.</summary>
public static class SecretNames
{
    public static IEnumerable<string> Of(DdnsRecord record)
    {
        var provider = record.Spec.Provider;
        SecretKeyReference?[] references =
        [
            provider.Cloudflare?.TokenSecret, provider.Rfc2136?.Tsig?.Secret, provider.DuckDns?.TokenSecret,
            provider.Dyndns2?.UsernameSecret, provider.Dyndns2?.PasswordSecret,
            provider.Url?.UsernameSecret, provider.Url?.PasswordSecret, provider.Webhook?.SigningSecret,
            record.Spec.Source?.Push?.TokenSecret,
            .. (record.Spec.Verification.Reachability?.Peers ?? []).Select(peer => peer.TokenSecret),
        ];
        return references.OfType<SecretKeyReference>().Select(reference => reference.Name).Distinct();
    }
}
