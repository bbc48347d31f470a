using System.Globalization;

namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>The message of an MS-CHAPv2 Failure (RFC 2759 6): "E=691 R=1 C=... V=3 M=text".</summary>
/// <param name="Error">E: one of <see cref="RejectionReason"/>, or a code of the peer's own.</param>
/// <param name="MayRetry">R: whether a new Response to the new challenge will be judged.</param>
/// <param name="Text">M: for people.</param>
public readonly record struct MsChapV2Failure(int Error, bool MayRetry, string Text)
{
    // V: the version that supports password change as in RFC 2759.
    private const int PasswordChangeVersion = 3;

    /// <param name="challenge">C: 16 octets; what a retry must answer.</param>
    public static string Format(RejectionReason reason, bool mayRetry, ReadOnlySpan<byte> challenge, string text) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"E={(int)reason} R={(mayRetry ? 1 : 0)} C={Convert.ToHexString(challenge)} V={PasswordChangeVersion} M={text}");

    /// <summary>Reads leniently: servers leave out fields, and a refusal is a refusal whatever it says.</summary>
    public static MsChapV2Failure Read(string message)
    {
        var textStart = message.IndexOf("M=", StringComparison.Ordinal);
        var text = textStart < 0 ? "" : message[(textStart + 2)..];
        var fields = textStart < 0 ? message : message[..textStart];

        var error = (int)RejectionReason.AuthenticationFailure;
        var mayRetry = false;
        foreach (var range in fields.AsSpan().Split(' '))
        {
            var field = fields.AsSpan(range);
            if (field.StartsWith("E=", StringComparison.Ordinal)
                && int.TryParse(field[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) error = number;
            else if (field is "R=1") mayRetry = true;
        }

        return new MsChapV2Failure(error, mayRetry, text);
    }

    /// <summary>What a person at the client should read.</summary>
    public override string ToString()
    {
        var meaning = (RejectionReason)Error switch
        {
            RejectionReason.RestrictedLogonHours => "log-in is not allowed at this hour",
            RejectionReason.AccountDisabled => "the account is disabled",
            RejectionReason.PasswordExpired => "the password has expired",
            RejectionReason.NoDialInPermission => "the account may not dial in",
            RejectionReason.AuthenticationFailure => "user name or password is wrong",
            RejectionReason.ChangingPasswordFailed => "the password could not be changed",
            _ => "the server refused",
        };
        return Text.Length == 0 ? $"{meaning} (error {Error})" : $"{meaning} (error {Error}: {Text})";
    }
}
