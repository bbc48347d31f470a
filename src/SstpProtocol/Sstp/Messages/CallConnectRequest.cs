namespace SstpProtocol.Sstp.Messages;

/// <summary>SSTP_MSG_CALL_CONNECT_REQUEST (MS-SSTP 2.2.9), 14 bytes: the client asks for a call that carries PPP.</summary>
public static class CallConnectRequest
{
    public const int Length = ControlMessage.HeaderSize + EncapsulatedProtocolAttribute.Length;

    /// <summary>Judges the request as MS-SSTP 3.3.5.2.2 wants, listing every attribute that is not acceptable.</summary>
    /// <param name="nak">Takes the refusals; the request is acceptable when there is none.</param>
    public static void Review(ControlMessage message, ref CallConnectNakWriter nak)
    {
        var protocolSeen = false;
        foreach (var attribute in message.Attributes)
        {
            var refusal = attribute.Id switch
            {
                SstpAttributeId.EncapsulatedProtocol when protocolSeen => SstpStatus.DuplicateAttribute,
                SstpAttributeId.EncapsulatedProtocol => ReviewProtocol(attribute.Value),
                SstpAttributeId.StatusInfo => ReviewStatusInfo(attribute.Value),
                SstpAttributeId.CryptoBinding or SstpAttributeId.CryptoBindingRequest =>
                    SstpStatus.AttributeNotSupportedInMessage,
                _ => SstpStatus.UnrecognizedAttribute,
            };
            protocolSeen |= attribute.Id == SstpAttributeId.EncapsulatedProtocol;
            if (refusal != SstpStatus.NoError) nak.Refuse(attribute.Id, refusal, attribute.Value);
        }

        if (!protocolSeen) nak.Refuse(SstpAttributeId.StatusInfo, SstpStatus.RequiredAttributeMissing, []);
    }

    public static void Write(Span<byte> destination)
    {
        ControlMessage.WriteHeader(destination, SstpMessageType.CallConnectRequest, attributeCount: 1, Length);
        new EncapsulatedProtocolAttribute(EncapsulatedProtocol.Ppp).Write(destination[ControlMessage.HeaderSize..]);
    }

    private static SstpStatus ReviewProtocol(ReadOnlySpan<byte> value) =>
        !EncapsulatedProtocolAttribute.TryRead(value, out var attribute) ? SstpStatus.InvalidAttributeValueLength
        : attribute.Protocol != EncapsulatedProtocol.Ppp ? SstpStatus.ValueNotSupported
        : SstpStatus.NoError;

    private static SstpStatus ReviewStatusInfo(ReadOnlySpan<byte> value) =>
        !StatusInfoAttribute.TryRead(value, out var attribute) ? SstpStatus.InvalidAttributeValueLength
        : attribute.Status != SstpStatus.NoError ? SstpStatus.StatusInfoNotSupportedInMessage
        : SstpStatus.NoError;
}
