namespace SstpProtocol.Ppp.Authentication.Chap;

/// <summary>RFC 1994 4, and what RFC 2759 adds.</summary>
public enum ChapCode : byte
{
    Challenge = 1,
    Response = 2,
    Success = 3,
    Failure = 4,

    /// <summary>MS-CHAPv2 Change-Password (RFC 2759 7).</summary>
    ChangePassword = 7,
}
