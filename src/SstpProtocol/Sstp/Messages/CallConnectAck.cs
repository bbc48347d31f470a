namespace SstpProtocol.Sstp.Messages;

/// <summary>SSTP_MSG_CALL_CONNECT_ACK (MS-SSTP 2.2.10), 48 bytes: the server takes
/// the call and asks for a crypto binding.</summary>
public static class CallConnectAck
{
    public const int Length = ControlMessage.HeaderSize + CryptoBindingRequestAttribute.Length;

    /// <summary>Finds the Crypto Binding Request; other attributes are passed over.</summary>
    /// <returns>False when there is none of the right length.</returns>
    public static bool TryRead(ControlMessage message, out CryptoBindingRequestAttribute request)
    {
        foreach (var attribute in message.Attributes)
        {
            if (attribute.Id == SstpAttributeId.CryptoBindingRequest)
                return CryptoBindingRequestAttribute.TryRead(attribute.Value, out request);
        }

        request = default;
        return false;
    }

    public static void Write(Span<byte> destination, SstpHash hashes, ReadOnlySpan<byte> nonce)
    {
        ControlMessage.WriteHeader(destination, SstpMessageType.CallConnectAck, attributeCount: 1, Length);
        new CryptoBindingRequestAttribute(hashes, nonce).Write(destination[ControlMessage.HeaderSize..]);
    }
}
