using System.Text;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Sstp.CryptoBinding;

namespace Interop.Tests.Eap;

/// <summary>One exchange of our authenticator with a peer who sits behind RADIUS, and the one user it knows.</summary>
internal sealed class EapExchange
{
    // Nothing in a test waits long enough for a retransmission, so time stands still.
    private static readonly MonotonicTime Now = new(0);

    private readonly PppFrameQueue _output = new();
    private readonly EapAuthenticator _authenticator;
    private readonly string _user;
    private readonly string _password;

    /// <param name="identity">The peer's EAP-Response/Identity.</param>
    public EapExchange(string user, string password, ReadOnlySpan<byte> identity)
    {
        _user = user;
        _password = password;
        _authenticator = EapAuthenticator.WithMsChapV2(
            new AuthenticatorSettings(), _output, new RandomAfterIdentity(identity[1]));
        _authenticator.Start(Now);
        // Our own identity request: RADIUS begins after it.
        _output.TryDequeue(out _);
    }

    public AuthenticatorState State => _authenticator.State;

    /// <summary>The key for the crypto binding; <see cref="HigherLayerKey.None"/> until the peer is accepted.</summary>
    public HigherLayerKey Key =>
        (_authenticator.Outcome as AuthenticationVerdict.Accepted)?.Key ?? HigherLayerKey.None;

    /// <returns>What the authenticator says next; null when it does not answer.</returns>
    public ReadOnlyMemory<byte>? Receive(ReadOnlySpan<byte> packet)
    {
        _authenticator.Receive(PppProtocol.Eap, packet, Now);
        if (_authenticator.TryTakeCredentials(out var credentials))
            _authenticator.Conclude(Judge((Credentials.MsChapV2)credentials), Now);
        return _output.TryDequeue(out var answer) ? answer.Payload : null;
    }

    private AuthenticationVerdict Judge(Credentials.MsChapV2 offered)
    {
        var name = Encoding.UTF8.GetBytes(offered.UserName);
        var ntHash = new byte[MsChapV2.NtHashSize];
        MsChapV2.NtHash(_password, ntHash);
        var expected = new byte[MsChapV2.NtResponseSize];
        MsChapV2.NtResponse(offered.AuthenticatorChallenge.Span, offered.PeerChallenge.Span, name, ntHash, expected);
        if (offered.UserName != _user || !offered.NtResponse.Span.SequenceEqual(expected))
            return new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, "Access denied", MayRetry: false);

        var proof = new byte[MsChapV2.AuthenticatorResponseSize];
        MsChapV2.AuthenticatorResponse(
            ntHash, offered.NtResponse.Span, offered.PeerChallenge.Span, offered.AuthenticatorChallenge.Span, name, proof);
        return new AuthenticationVerdict.Accepted(
            MsChapV2.DeriveKey(ntHash, offered.NtResponse.Span), MsChapV2Success.Format(proof, ""));
    }
}
