using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

/// <summary>A client call brought into a state, named as in the tables of the tests.</summary>
internal static class ClientStates
{
    public static CallDriver<ClientCall> New(ClientCallSettings? settings = null) =>
        new CallDriver<ClientCall>(new ClientCall(settings ?? new ClientCallSettings(), Packets.Certificate, default)).Drain();

    public static CallDriver<ClientCall> Acknowledged(ClientCallSettings? settings = null) =>
        New(settings).Receive(Packets.Ack());

    public static CallDriver<ClientCall> Connected(ClientCallSettings? settings = null) =>
        Acknowledged(settings).Do((call, now) => call.PppAuthenticated(HigherLayerKey.None, now));

    public static CallDriver<ClientCall> In(string state)
    {
        var driver = state switch
        {
            "ConnectRequestSent" => New(),
            "ConnectAckReceived" => Acknowledged(),
            "CallConnected" => Connected(),
            "AbortPending" => Connected().Do((call, now) => call.Abort(PeerFault.MessageOutOfTurn, now)),
            "AbortTimeoutPending" => Connected().Receive(Packets.Abort),
            "DisconnectAckPending" => Connected().Do((call, now) => call.Disconnect(now)),
            "DisconnectTimeoutPending" => Connected().Receive(Packets.Disconnect),
            _ => throw new ArgumentException(state, nameof(state)),
        };
        driver.TakeSent();
        return driver;
    }
}
