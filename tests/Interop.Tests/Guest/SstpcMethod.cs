namespace Interop.Tests.Guest;

/// <summary>The one way to log in that pppd is told to agree to.</summary>
public enum SstpcMethod
{
    Pap,
    MsChapV2,
    EapMsChapV2,
}
