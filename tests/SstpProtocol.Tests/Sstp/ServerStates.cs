using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

/// <summary>A server call brought into a state, named as in the tables of the tests.</summary>
internal static class ServerStates
{
    public static CallDriver<ServerCall> New(ServerCallSettings? settings = null) =>
        new CallDriver<ServerCall>(
            new ServerCall(settings ?? new ServerCallSettings(), Packets.Certificate, new ScriptedNonce(), default))
            .Drain();

    public static CallDriver<ServerCall> Requested(ServerCallSettings? settings = null) =>
        New(settings).Receive(Packets.ConnectRequest);

    public static CallDriver<ServerCall> Connected(ServerCallSettings? settings = null) =>
        Requested(settings)
            .Do((call, now) => call.PppAuthenticated(HigherLayerKey.None, now))
            .Receive(Packets.CallConnected(SstpHash.Sha256));

    public static CallDriver<ServerCall> In(string state)
    {
        var driver = state switch
        {
            "ConnectRequestPending" => New(),
            "CallConnectedPending" => Requested().Do((call, now) => call.PppAuthenticated(HigherLayerKey.None, now)),
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
