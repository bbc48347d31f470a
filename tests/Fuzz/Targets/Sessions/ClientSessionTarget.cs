using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;
using SstpProtocol.Sstp;
using SstpProtocol.Tests.Sessions;

namespace Fuzz.Targets.Sessions;

/// <summary>A whole call as the client sees it: what a server sends from the HTTP answer on.</summary>
internal sealed class ClientSessionTarget : FuzzTarget
{
    public override string Name => "client-session";

    public override IReadOnlyList<Type> Readers => [typeof(ClientSession), typeof(Session), typeof(ClientCall), typeof(SstpCall)];

    public override int MaxLength => 2048;

    public override void Repair(Span<byte> input) => PacketStream.Repair(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var session = Parts.Client(
            new MonotonicTime(1_000_000),
            Parts.Password,
            AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2, AuthenticationMethod.ChapMd5, AuthenticationMethod.Pap);
        var driver = new SessionDriver(session, (_, _) => { });
        driver.Run(input);
        return driver.HasForwarded;
    }
}
