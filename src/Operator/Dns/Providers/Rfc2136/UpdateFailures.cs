using DnsProtocol;
using DnsProtocol.Tsig;
using Operator.Dns.Names;

namespace Operator.Dns.Providers.Rfc2136;

/// <summary>What a server's codes mean for the user.</summary>
internal static class UpdateFailures
{
    public static ProviderFailure FromCode(DnsResponseCode code, DomainName? zone) => code switch
    {
        DnsResponseCode.ServerFailure => new(
            FailureClass.Transient, "SERVFAIL",
            "The server could not write the zone (is its journal writable, the disk full?); it is tried again later."),
        DnsResponseCode.Refused => new(
            FailureClass.Auth, "REFUSED",
            "The server's policy does not let this key (or address) change this name: look at update-policy or allow-update."),
        DnsResponseCode.NotAuthoritative => new(
            FailureClass.Config, "NOTAUTH",
            $"The server does not hold the zone {zone}, or is a secondary that does not forward updates: give the primary."),
        DnsResponseCode.NotInZone =>
            new(FailureClass.Config, "NOTZONE", $"The name is not in the zone {zone}: correct spec.provider.rfc2136.zone."),
        DnsResponseCode.NameExists => new(
            FailureClass.Config, "YXDOMAIN",
            "Somebody else's records stand at this name. Remove them, or set spec.policy.adopt."),
        DnsResponseCode.RecordsExist => new(
            FailureClass.Config, "YXRRSET",
            "Somebody else's records stand at this name or its mark. Remove them, or set spec.policy.adopt."),
        DnsResponseCode.RecordsMissing => new(
            FailureClass.Config, "NXRRSET",
            "The mark of ownership is gone or was changed, so the records are no longer ours. "
            + "Set spec.policy.adopt to take them back."),
        DnsResponseCode.FormatError => new(
            FailureClass.Config, "FORMERR",
            "The server does not understand the update; is it a server for DNS UPDATE (RFC 2136)?"),
        DnsResponseCode.NotImplemented => new(FailureClass.Config, "NOTIMP", "The server does not take updates (RFC 2136)."),
        _ => new(
            FailureClass.Unknown, $"RCODE {(int)code}",
            "The server's answer is not one that updates have; it is tried again later."),
    };

    /// <summary>Null when the reply may be believed.</summary>
    public static ProviderFailure? OfSignature(SignedRequest request, TsigKey key, DnsMessage reply, DateTimeOffset now)
    {
        var verdict = request.Judge(reply, now, out var signature);
        if (signature is { Error: not TsigError.None }) return OfError(signature, key, now);
        return verdict switch
        {
            TsigVerdict.Verified => null,

            // Errors from before the key was looked at come unsigned. They prove nothing, but believing them changes nothing.
            TsigVerdict.NotSigned when reply.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError) =>
                FromCode(reply.ResponseCode, null),
            TsigVerdict.OutOfTime => new(
                FailureClass.Transient, "the reply was signed at another time",
                "Somebody sends old replies again, or the server's clock has jumped; it is tried again later."),
            _ => new(
                FailureClass.Transient, $"the reply's signature: {verdict}",
                $"The reply was not signed with the key {key.Name}, so it is not believed; it is tried again later."),
        };
    }

    private static ProviderFailure OfError(TsigRecord signature, TsigKey key, DateTimeOffset now) => signature.Error switch
    {
        TsigError.BadKey => new(
            FailureClass.Auth, "BADKEY",
            $"The server knows no key {key.Name} with {key.AlgorithmName}: check its name and algorithm on both sides."),
        TsigError.BadSignature => new(
            FailureClass.Auth, "BADSIG",
            $"The secret of the key {key.Name} is another one on the server: check the Secret (base64, as in the key file)."),
        TsigError.BadTime => new(FailureClass.Transient, "BADTIME", BadTime(signature, now)),
        _ => new(
            FailureClass.Auth, $"TSIG error {(int)signature.Error}",
            $"The server does not take this signature of the key {key.Name}."),
    };

    // In whole minutes, so that the text does not change with every try.
    private static string BadTime(TsigRecord signature, DateTimeOffset now) => signature.ServerTime is { } theirs
        ? $"The server's clock is about {Math.Round((theirs - now).Duration().TotalMinutes):0} minutes "
            + $"{(theirs > now ? "ahead of" : "behind")} ours; 5 are allowed. Set the clocks right."
        : "The server's clock and ours are more than 5 minutes apart. Set the clocks right.";
}
