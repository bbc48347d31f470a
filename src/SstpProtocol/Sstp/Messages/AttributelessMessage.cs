namespace SstpProtocol.Sstp.Messages;

/// <summary>
/// SSTP_MSG_CALL_DISCONNECT_ACK, SSTP_MSG_ECHO_REQUEST and SSTP_MSG_ECHO_RESPONSE (MS-SSTP 2.2.15): 8 bytes that differ in the
/// type only.
/// </summary>
public static class AttributelessMessage
{
    public const int Length = ControlMessage.HeaderSize;

    /// <param name="type">One of the three.</param>
    public static void Write(Span<byte> destination, SstpMessageType type) =>
        ControlMessage.WriteHeader(destination, type, attributeCount: 0, Length);
}
