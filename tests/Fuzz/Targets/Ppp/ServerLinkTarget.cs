using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Ipcp;
using SstpProtocol.Ppp.Ipv6cp;
using SstpProtocol.Ppp.Lcp;
using SstpProtocol.Tests.Sessions;

namespace Fuzz.Targets.Ppp;

/// <summary>LCP, IPCP and IPv6CP packets through the server's link, which takes a name for its word.</summary>
internal sealed class ServerLinkTarget : FuzzTarget
{
    private static readonly ServerLinkSettings Settings = new() { Methods = [AuthenticationMethod.Pap] };

    public override string Name => "ppp-server-link";

    public override IReadOnlyList<Type> Readers =>
        [typeof(LcpNegotiation), typeof(ServerLcp), typeof(ServerIpcp), typeof(ServerIpv6cp), typeof(NegotiatedProtocol)];

    public override int MaxLength => 2048;

    public override void Repair(Span<byte> input) => PacketStream.Repair(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var random = new FixedRandom();
        var output = new PppFrameQueue();
        var now = new MonotonicTime(0);
        var link = new ServerLink(Settings, output, method => Parts.Authenticator(method, output, random), random);
        link.Start(now);

        var opened = false;
        var stream = new PacketStream(input);
        while (stream.TryTakePpp(out var protocol, out var packet))
        {
            link.Receive(protocol, packet, now);
            opened |= Settle(link, output, now);
        }

        for (var step = 0; link.NextDeadline is { } deadline; step++)
        {
            Oracle.Holds(step < 300, "never comes to rest although its peer is silent");
            if (deadline > now) now = deadline;
            link.Tick(now);
            Settle(link, output, now);
            Oracle.Holds(link.NextDeadline is not { } next || next > now, "wants to be ticked again at once");
        }

        Oracle.Holds(!output.HasOverflowed, "answers a packet by more than a queue holds");
        return opened;
    }

    private static bool Settle(ServerLink link, PppFrameQueue output, MonotonicTime now)
    {
        var opened = false;
        while (link.TryTakeEvent(out var happened))
        {
            if (happened is LinkEvent.CredentialsOffered offered) link.Conclude(Parts.Judge(offered.Credentials), now);
            if (happened is LinkEvent.Authenticated) link.AssignAddresses(Parts.Addresses, now);
            opened |= happened is LinkEvent.Ipv4Opened or LinkEvent.Ipv6Opened;
        }

        while (output.TryDequeue(out var sent)) SentPackets.CheckPpp(sent.Protocol, sent.Payload.Span);
        Oracle.Holds(link.PeerMru is >= 576 and <= LinkSettings.LargestPacket, "an MRU outside the limits");
        return opened;
    }
}
