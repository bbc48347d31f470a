using System.Security.Cryptography;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>One answer of the client's end to an MS-CHAPv2 challenge, and what the server must know to be believed.</summary>
internal sealed class MsChapV2Proof
{
    private readonly byte[] _ntHash = new byte[MsChapV2.NtHashSize];
    private readonly byte[] _ntResponse = new byte[MsChapV2.NtResponseSize];
    private readonly byte[] _expectedAnswer = new byte[MsChapV2.AuthenticatorResponseSize];

    public MsChapV2Proof(PeerCredentials credentials, ReadOnlySpan<byte> authenticatorChallenge, IRandomBytes random)
    {
        Span<byte> peerChallenge = stackalloc byte[MsChapV2.ChallengeSize];
        random.Fill(peerChallenge);
        var name = PeerEncoding.Encode(credentials.UserName);

        MsChapV2.NtHash(credentials.Password, _ntHash);
        MsChapV2.NtResponse(authenticatorChallenge, peerChallenge, name, _ntHash, _ntResponse);
        MsChapV2.AuthenticatorResponse(_ntHash, _ntResponse, peerChallenge, authenticatorChallenge, name, _expectedAnswer);
        Response = MsChapV2Response.Create(peerChallenge, _ntResponse, name);
    }

    /// <summary>The data of the Response packet, from the value size on.</summary>
    public byte[] Response { get; }

    /// <summary>Judges the server's Success message; the key is good for one use.</summary>
    public bool TryVerify(string successMessage, out HigherLayerKey key)
    {
        var proven = MsChapV2Success.Proves(successMessage, _expectedAnswer);
        key = proven ? MsChapV2.DeriveKey(_ntHash, _ntResponse) : HigherLayerKey.None;
        CryptographicOperations.ZeroMemory(_ntHash);
        return proven;
    }
}
