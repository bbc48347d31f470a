namespace SstpProtocol.Sstp;

/// <summary>Attribute IDs (MS-SSTP 2.2.4), also used by Status Info to say what it is about (2.2.8).</summary>
public enum SstpAttributeId : byte
{
    /// <summary>SSTP_ATTRIB_NO_ERROR: only inside Status Info, about no attribute at all.</summary>
    NoError = 0x00,

    /// <summary>SSTP_ATTRIB_ENCAPSULATED_PROTOCOL_ID.</summary>
    EncapsulatedProtocol = 0x01,

    /// <summary>SSTP_ATTRIB_STATUS_INFO.</summary>
    StatusInfo = 0x02,

    /// <summary>SSTP_ATTRIB_CRYPTO_BINDING.</summary>
    CryptoBinding = 0x03,

    /// <summary>SSTP_ATTRIB_CRYPTO_BINDING_REQ.</summary>
    CryptoBindingRequest = 0x04,
}
