using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Tests.Sessions;

namespace Fuzz.Targets.Authentication;

/// <summary>The end that judges, of one method, with a user data base of one user.</summary>
internal sealed class AuthenticatorTarget(string name, AuthenticationMethod method, params Type[] readers) : FuzzTarget
{
    public override string Name => name;

    public override IReadOnlyList<Type> Readers => readers;

    public override int MaxLength => 1400;

    public override void Repair(Span<byte> input) => PacketStream.Repair(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var output = new PppFrameQueue();
        var authenticator = Parts.Authenticator(method, output, new FixedRandom());
        var now = new MonotonicTime(0);
        var wasAccepted = false;
        authenticator.Start(now);

        var stream = new PacketStream(input);
        while (stream.TryTakePpp(out var protocol, out var packet))
        {
            authenticator.Receive(protocol, packet, now);
            while (authenticator.TryTakeCredentials(out var credentials))
            {
                Oracle.Holds(credentials.NameOctets.Length <= PeerEncoding.MaxNameLength, "a name longer than a name may be");
                var verdict = Parts.Judge(credentials);
                wasAccepted |= verdict is AuthenticationVerdict.Accepted;
                authenticator.Conclude(verdict, now);
            }

            Drain(output);
        }

        Oracle.Holds(authenticator.State != AuthenticatorState.Succeeded || wasAccepted, "succeeds without a verdict");
        for (var step = 0; authenticator.NextDeadline is { } deadline; step++)
        {
            Oracle.Holds(step < 100, "never gives up although its peer is silent");
            now = deadline;
            authenticator.Tick(now);
            Drain(output);
        }

        Oracle.Holds(
            authenticator.State == AuthenticatorState.InProgress == authenticator.Outcome is null,
            "over without an outcome, or not over with one");
        Oracle.Holds(!output.HasOverflowed, "answers a packet by more than a queue holds");
        return authenticator.State == AuthenticatorState.Succeeded;
    }

    private static void Drain(PppFrameQueue output)
    {
        while (output.TryDequeue(out var sent)) SentPackets.CheckPpp(sent.Protocol, sent.Payload.Span);
    }
}
