namespace Interop.Tests.Eap;

/// <summary>RFC 2865 section 4.</summary>
public enum RadiusCode : byte
{
    AccessRequest = 1,
    AccessAccept = 2,
    AccessReject = 3,
    AccessChallenge = 11,
}
