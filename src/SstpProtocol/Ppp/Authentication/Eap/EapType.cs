namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>EAP types (RFC 3748 5, IANA "EAP Method Types"): those spoken here and those worth naming in a log.</summary>
public enum EapType : byte
{
    Identity = 1,
    Notification = 2,

    /// <summary>Legacy Nak, in responses only: the peer wants one of the types it lists.</summary>
    Nak = 3,
    Md5Challenge = 4,
    Tls = 13,
    Peap = 25,
    MsChapV2 = 26,
}
