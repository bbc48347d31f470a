using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;
using SstpProtocol.Tests.Sessions;

namespace Fuzz.Targets.Authentication;

/// <summary>The end that proves itself, of one method.</summary>
internal sealed class AuthenticatingPeerTarget(string name, AuthenticationMethod method, params Type[] readers) : FuzzTarget
{
    private static readonly PeerCredentials Alice = new(Parts.UserName, Parts.Password);

    public override string Name => name;

    public override IReadOnlyList<Type> Readers => readers;

    public override int MaxLength => 1400;

    public override void Repair(Span<byte> input) => PacketStream.Repair(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var output = new PppFrameQueue();
        var peer = Parts.Peer(method, Alice, output, new FixedRandom());
        var now = new MonotonicTime(0);
        peer.Start(now);

        var stream = new PacketStream(input);
        while (stream.TryTakePpp(out var protocol, out var packet))
        {
            peer.Receive(protocol, packet, now);
            Drain(output);
        }

        var succeeded = peer.State == AuthenticatorState.Succeeded;
        Oracle.Holds(succeeded || ReferenceEquals(peer.Key, HigherLayerKey.None), "a key without a success");
        for (var step = 0; peer.NextDeadline is { } deadline; step++)
        {
            Oracle.Holds(step < 100, "never gives up although its peer is silent");
            now = deadline;
            peer.Tick(now);
            Drain(output);
        }

        Oracle.Holds(!output.HasOverflowed, "answers a packet by more than a queue holds");
        return succeeded;
    }

    private static void Drain(PppFrameQueue output)
    {
        while (output.TryDequeue(out var sent)) SentPackets.CheckPpp(sent.Protocol, sent.Payload.Span);
    }
}
