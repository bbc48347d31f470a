using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;
using SstpProtocol.Tests.Sessions;

namespace Fuzz.Targets.Sessions;

/// <summary>A whole call as the gateway sees it: what a client sends from the HTTP answer on.</summary>
internal sealed class ServerSessionTarget : FuzzTarget
{
    public override string Name => "server-session";

    public override IReadOnlyList<Type> Readers => [typeof(ServerSession), typeof(Session), typeof(ServerCall), typeof(SstpCall)];

    public override int MaxLength => 2048;

    public override void Repair(Span<byte> input) => PacketStream.Repair(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var keys = new List<HigherLayerKey>();
        var session = Parts.Server(
            new MonotonicTime(1_000_000),
            AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2, AuthenticationMethod.ChapMd5, AuthenticationMethod.Pap);
        var driver = new SessionDriver(session, Answer);
        driver.Run(input);

        foreach (var key in keys) Oracle.Holds(!key.Octets.ContainsAnyExcept((byte)0), "a key outlives its session");
        return driver.HasForwarded;

        void Answer(SessionEvent happened, MonotonicTime now)
        {
            switch (happened)
            {
                case SessionEvent.CredentialsOffered offered:
                    var verdict = Parts.Judge(offered.Credentials);
                    if (verdict is AuthenticationVerdict.Accepted accepted) keys.Add(accepted.Key);
                    session.Conclude(verdict, now);
                    break;
                case SessionEvent.Authenticated:
                    session.AssignAddresses(Parts.Addresses, now);
                    break;
            }
        }
    }
}
