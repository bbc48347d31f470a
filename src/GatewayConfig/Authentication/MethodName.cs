namespace GatewayConfig.Authentication;

public enum MethodName
{
    EapMsChapV2,
    MsChapV2,

    /// <summary>Needs the plain password in the users file; off by default.</summary>
    ChapMd5,

    /// <summary>Protected by TLS only; the one method that can carry a TOTP code.</summary>
    Pap,
}
