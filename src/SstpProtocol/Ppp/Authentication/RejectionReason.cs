namespace SstpProtocol.Ppp.Authentication;

/// <summary>Why a peer is refused; the numbers are the error codes of RFC 2759 section 6.</summary>
public enum RejectionReason
{
    RestrictedLogonHours = 646,
    AccountDisabled = 647,
    PasswordExpired = 648,
    NoDialInPermission = 649,
    AuthenticationFailure = 691,
    ChangingPasswordFailed = 709,
}
