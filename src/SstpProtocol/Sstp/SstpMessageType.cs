namespace SstpProtocol.Sstp;

/// <summary>The Message Type of a control packet (MS-SSTP 2.2.2).</summary>
public enum SstpMessageType : ushort
{
    /// <summary>No message: the packet is too short to hold a type, or holds zero.</summary>
    None = 0,

    /// <summary>SSTP_MSG_CALL_CONNECT_REQUEST, client to server.</summary>
    CallConnectRequest = 0x0001,

    /// <summary>SSTP_MSG_CALL_CONNECT_ACK, server to client.</summary>
    CallConnectAck = 0x0002,

    /// <summary>SSTP_MSG_CALL_CONNECT_NAK, server to client.</summary>
    CallConnectNak = 0x0003,

    /// <summary>SSTP_MSG_CALL_CONNECTED, client to server.</summary>
    CallConnected = 0x0004,

    /// <summary>SSTP_MSG_CALL_ABORT.</summary>
    CallAbort = 0x0005,

    /// <summary>SSTP_MSG_CALL_DISCONNECT.</summary>
    CallDisconnect = 0x0006,

    /// <summary>SSTP_MSG_CALL_DISCONNECT_ACK.</summary>
    CallDisconnectAck = 0x0007,

    /// <summary>SSTP_MSG_ECHO_REQUEST.</summary>
    EchoRequest = 0x0008,

    /// <summary>SSTP_MSG_ECHO_RESPONSE.</summary>
    EchoResponse = 0x0009,
}
