namespace SstpProtocol.Ppp.Authentication;

/// <summary>What LCP's Authentication-Protocol option can name (RFC 1661 6.2, RFC 1994 3, RFC 2759 2, RFC 3748).</summary>
public enum AuthenticationMethod
{
    /// <summary>Option value C0 23.</summary>
    Pap,

    /// <summary>Option value C2 23 05.</summary>
    ChapMd5,

    /// <summary>Option value C2 23 81.</summary>
    MsChapV2,

    /// <summary>Option value C2 27; the EAP method inside is negotiated by EAP itself.</summary>
    Eap,
}
