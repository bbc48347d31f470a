namespace SstpProtocol.Sstp.Messages;

/// <summary>SSTP_MSG_CALL_CONNECTED (MS-SSTP 2.2.11), 112 bytes: the client's crypto binding.</summary>
public static class CallConnected
{
    public const int Length = ControlMessage.HeaderSize + CryptoBindingAttribute.Length;

    /// <summary>Where the compound MAC begins; it is the last field.</summary>
    public const int CompoundMacOffset = Length - CryptoBindingAttribute.FieldSize;

    /// <summary>Takes the message apart; a message it accepts is <see cref="Length"/>
    /// bytes with every field in its place.</summary>
    /// <returns>Null, or what is wrong with the message.</returns>
    public static PeerFault? Read(ControlMessage message, out CryptoBindingAttribute binding)
    {
        binding = default;
        var found = false;
        foreach (var attribute in message.Attributes)
        {
            if (found || attribute.Id != SstpAttributeId.CryptoBinding) return PeerFault.AttributeNotSupported;
            if (!CryptoBindingAttribute.TryRead(attribute.Value, out binding)) return PeerFault.CryptoBindingLengthWrong;
            found = true;
        }

        return found ? null : PeerFault.CryptoBindingMissing;
    }

    /// <summary>Writes the message with a compound MAC of zeros.</summary>
    internal static void WriteWithoutMac(
        Span<byte> destination, SstpHash hash, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> certificateHash)
    {
        ControlMessage.WriteHeader(destination, SstpMessageType.CallConnected, attributeCount: 1, Length);
        CryptoBindingAttribute.WriteWithoutMac(destination[ControlMessage.HeaderSize..], hash, nonce, certificateHash);
    }
}
