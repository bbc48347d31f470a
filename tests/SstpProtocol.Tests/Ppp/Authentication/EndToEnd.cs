using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpProtocol.Tests.Ppp.Authentication;

/// <summary>Both ends joined in memory, with one user known by her NT hash.</summary>
internal sealed class EndToEnd(Func<PppFrameQueue, Authenticator> authenticator, Func<PppFrameQueue, AuthenticatingPeer> peer)
{
    private static readonly MonotonicTime s_now = new(0);

    private readonly PppFrameQueue _toPeer = new();
    private readonly PppFrameQueue _toAuthenticator = new();

    public (Authenticator Authenticator, AuthenticatingPeer Peer) Run(Func<Credentials, AuthenticationVerdict> judge)
    {
        var (server, client) = (authenticator(_toPeer), peer(_toAuthenticator));
        server.Start(s_now);
        client.Start(s_now);
        while (_toPeer.Count + _toAuthenticator.Count > 0)
        {
            while (_toPeer.TryDequeue(out var packet)) client.Receive(packet.Protocol, packet.Payload.Span, s_now);
            while (_toAuthenticator.TryDequeue(out var packet)) server.Receive(packet.Protocol, packet.Payload.Span, s_now);
            while (server.TryTakeCredentials(out var credentials)) server.Conclude(judge(credentials), s_now);
        }

        return (server, client);
    }

    public static AuthenticationVerdict JudgeMsChapV2(Credentials credentials, string password)
    {
        var offered = Assert.IsType<Credentials.MsChapV2>(credentials);
        var challenge = offered.AuthenticatorChallenge.Span;
        var peerChallenge = offered.PeerChallenge.Span;
        var name = offered.NameOctets.Span;
        Span<byte> ntHash = stackalloc byte[16];
        MsChapV2.NtHash(password, ntHash);
        Span<byte> expected = stackalloc byte[24];
        MsChapV2.NtResponse(challenge, peerChallenge, name, ntHash, expected);
        if (!expected.SequenceEqual(offered.NtResponse.Span))
            return new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, "no", MayRetry: false);

        Span<byte> proof = stackalloc byte[20];
        MsChapV2.AuthenticatorResponse(ntHash, expected, peerChallenge, challenge, name, proof);
        return new AuthenticationVerdict.Accepted(MsChapV2.DeriveKey(ntHash, expected), MsChapV2Success.Format(proof, "Welcome"));
    }
}
