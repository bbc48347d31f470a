namespace Interop.Tests.Eap;

/// <summary>The attributes that carry EAP and its keys.</summary>
public enum RadiusAttributeType : byte
{
    /// <summary>RFC 2865 5.24.</summary>
    State = 24,

    /// <summary>RFC 2865 5.26.</summary>
    VendorSpecific = 26,

    /// <summary>RFC 2869 5.13.</summary>
    EapMessage = 79,

    /// <summary>RFC 2869 5.14.</summary>
    MessageAuthenticator = 80,
}
