using Operator.Certificates.Acme.Wire;

namespace Operator.Certificates.Acme.Transport;

/// <summary>The error types of RFC 8555 section 6.7, RFC 9773 section 7.4 and the profiles draft, by what helps. Pure.</summary>
internal static class AcmeErrors
{
    /// <param name="statusCode">Of HTTP; 0 where the problem comes from within an object, such as a challenge.</param>
    public static AcmeErrorClass Classify(Problem problem, int statusCode) => problem.Kind switch
    {
        "badNonce" => AcmeErrorClass.BadNonce,

        // Let's Encrypt pauses a name that failed too often, and says so as a rate limit with
        // a page on which a person ends the pause.
        "rateLimited" when Mentions(problem, "unpause") => AcmeErrorClass.PersonNeeded,
        "rateLimited" => AcmeErrorClass.RateLimited,
        "userActionRequired" or "externalAccountRequired" => AcmeErrorClass.PersonNeeded,
        "serverInternal" => AcmeErrorClass.ServerTrouble,
        "connection" or "dns" or "tls" or "incorrectResponse" or "caa" => AcmeErrorClass.ValidationFailed,

        // In a challenge: the proof was not there. As an answer to a request: the account may not do this any more.
        "unauthorized" => statusCode == 0 ? AcmeErrorClass.ValidationFailed : AcmeErrorClass.PersonNeeded,
        "alreadyReplaced" => AcmeErrorClass.AlreadyReplaced,
        "malformed" when Mentions(problem, "replaces") || Mentions(problem, "ARI") => AcmeErrorClass.AlreadyReplaced,
        "accountDoesNotExist" => AcmeErrorClass.AccountUnknown,
        "orderNotReady" => AcmeErrorClass.NotReadyYet,
        "rejectedIdentifier" or "unsupportedIdentifier" or "badCSR" or "badPublicKey" or "badSignatureAlgorithm"
            or "invalidContact"
            or "unsupportedContact" or "invalidProfile" or "badRevocationReason" or "alreadyRevoked" =>
            AcmeErrorClass.ResourceWrong,
        "compound" => Worst(problem, statusCode),
        _ => ByStatus(statusCode),
    };

    /// <summary>Of several problems, the one that needs most: a wrong resource is not cured by waiting.</summary>
    private static AcmeErrorClass Worst(Problem problem, int statusCode)
    {
        var classes = (problem.Subproblems ?? []).Where(part => part.Kind != "compound")
            .Select(part => Classify(part, statusCode)).ToArray();
        AcmeErrorClass[] worstFirst =
            [
                AcmeErrorClass.ResourceWrong, AcmeErrorClass.PersonNeeded,
                AcmeErrorClass.RateLimited, AcmeErrorClass.ValidationFailed,
            ];
        foreach (var candidate in worstFirst)
        {
            if (classes.Contains(candidate)) return candidate;
        }

        return ByStatus(statusCode);
    }

    private static AcmeErrorClass ByStatus(int statusCode) => statusCode switch
    {
        429 => AcmeErrorClass.RateLimited,
        >= 500 => AcmeErrorClass.ServerTrouble,
        0 => AcmeErrorClass.ValidationFailed,
        _ => AcmeErrorClass.ResourceWrong,
    };

    private static bool Mentions(Problem problem, string word) =>
        problem.Detail?.Contains(word, StringComparison.Ordinal) == true;
}
