using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>EAP-MSCHAPv2, the end that proves itself and demands proof in return.</summary>
public sealed class EapMsChapV2PeerMethod(PeerCredentials credentials, IRandomBytes random) : EapPeerMethod
{
    private MsChapV2Proof? _proof;

    public override EapType Type => EapType.MsChapV2;

    public override byte[]? Receive(ReadOnlySpan<byte> typeData)
    {
        if (!EapMsChapV2Packet.TryRead(typeData, out var packet)) return null;

        return packet.OpCode switch
        {
            EapMsChapV2OpCode.Challenge => Respond(packet.Identifier, packet.Data),
            EapMsChapV2OpCode.Success when _proof is not null => Judge(PeerEncoding.Decode(packet.Data), _proof),
            EapMsChapV2OpCode.Failure when _proof is not null =>
                GiveUp(MsChapV2Failure.Read(PeerEncoding.Decode(packet.Data)).ToString()),
            _ => null,
        };
    }

    private byte[]? Respond(byte identifier, ReadOnlySpan<byte> data)
    {
        if (!ChapValue.TryRead(data, out var challenge) || challenge.Value.Length != MsChapV2.ChallengeSize) return null;

        _proof = new MsChapV2Proof(credentials, challenge.Value, random);
        return EapMsChapV2Packet.Create(EapMsChapV2OpCode.Response, identifier, _proof.Response);
    }

    private byte[] Judge(string message, MsChapV2Proof proof)
    {
        if (!proof.TryVerify(message, out var key))
            return GiveUp("the server does not know the password: its proof (S=) is wrong");

        Key = key;
        IsSatisfied = true;
        _proof = null;
        return [(byte)EapMsChapV2OpCode.Success];
    }

    // R=1 invites another password, but there is only the one.
    private byte[] GiveUp(string message)
    {
        FailureMessage = message;
        _proof = null;
        return [(byte)EapMsChapV2OpCode.Failure];
    }
}
