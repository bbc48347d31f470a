namespace SstpProtocol.Sstp.Messages;

/// <summary>SSTP_MSG_CALL_DISCONNECT (MS-SSTP 2.2.14), 20 bytes as written: the call ends in an orderly way.</summary>
public static class CallDisconnect
{
    public const int Length = ControlMessage.HeaderSize + StatusInfoAttribute.MinLength;

    /// <summary>Writes a disconnect with the status "no error", the only one an orderly end has.</summary>
    public static void Write(Span<byte> destination)
    {
        ControlMessage.WriteHeader(destination, SstpMessageType.CallDisconnect, attributeCount: 1, Length);
        new StatusInfoAttribute(SstpAttributeId.NoError, SstpStatus.NoError)
            .Write(destination[ControlMessage.HeaderSize..], refusedValue: []);
    }
}
