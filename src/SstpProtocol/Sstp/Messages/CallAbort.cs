namespace SstpProtocol.Sstp.Messages;

/// <summary>SSTP_MSG_CALL_ABORT (MS-SSTP 2.2.13), 20 bytes: the call ends at once, with the reason.</summary>
public static class CallAbort
{
    public const int Length = ControlMessage.HeaderSize + StatusInfoAttribute.MinLength;

    public static void Write(Span<byte> destination, StatusInfoAttribute reason)
    {
        ControlMessage.WriteHeader(destination, SstpMessageType.CallAbort, attributeCount: 1, Length);
        reason.Write(destination[ControlMessage.HeaderSize..], refusedValue: []);
    }
}
