using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Eap;

namespace SstpProtocol.Tests.Ppp.Authentication.Eap;

/// <summary>A method of another type, to be refused by the peer.</summary>
internal sealed class ScriptedMethod(EapType type) : EapMethod
{
    public override EapType Type => type;

    public override EapStep Begin(byte identifier) => new EapStep.Request(new byte[] { 0x20 });

    public override EapStep Receive(ReadOnlySpan<byte> typeData, byte nextIdentifier) => new EapStep.Ignore();

    public override EapStep Conclude(AuthenticationVerdict verdict, byte nextIdentifier) =>
        throw new InvalidOperationException("asked nothing");
}
