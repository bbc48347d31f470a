namespace SstpProtocol.Sstp;

/// <summary>How far a call has come: what its owner has to know of the states of MS-SSTP 3.1.1.1, 3.2.1 and 3.3.1.</summary>
public enum CallStage
{
    /// <summary>Server_Connect_Request_Pending, Client_Connect_Request_Sent.</summary>
    ConnectRequestPending,

    /// <summary>Server_Call_Connected_Pending, Client_Connect_ACK_Received: PPP runs, network data does not.</summary>
    CallConnectedPending,

    /// <summary>Server_Call_Connected, Client_Call_Connected.</summary>
    CallConnected,

    /// <summary>One of the abort and disconnect states: nothing but the last control messages passes.</summary>
    Ending,

    /// <summary>Nothing more will be sent; the connection can be closed.</summary>
    Closed,
}
