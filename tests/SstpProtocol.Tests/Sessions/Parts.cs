using System.Net;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Ppp.Authentication.Pap;
using SstpProtocol.Sessions;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sessions;

/// <summary>A server with one user, and a client that is this user; their random numbers are the same each time.</summary>
internal static class Parts
{
    public const string UserName = "alice";
    public const string Password = "secret";

    public static readonly CertificateDigests Certificate = CertificateDigests.FromDer("any certificate"u8);

    public static readonly LinkAddresses Addresses = new(
        new Ipv4Assignment(IPAddress.Parse("10.9.0.7"), IPAddress.Parse("10.9.0.1"), [IPAddress.Parse("10.9.0.1")]),
        new Ipv6Assignment(GatewayInterfaceId: 1, PeerInterfaceId: 0x77));

    private static readonly AuthenticatorSettings Authentication = new();
    private static readonly PeerCredentials Alice = new(UserName, Password);
    private static readonly byte[] NtHash = MakeNtHash();

    public static ServerSession Server(MonotonicTime now, params AuthenticationMethod[] methods)
    {
        var random = new CountingRandom();
        var settings = new ServerSessionSettings
        {
            Call = new ServerCallSettings(), Link = new ServerLinkSettings { Methods = methods },
        };
        return new ServerSession(settings, Certificate, (method, output) => Authenticator(method, output, random), random, now);
    }

    /// <param name="talk">Done with the link's queue when the log-in begins.</param>
    public static ServerSession Server(MonotonicTime now, AuthenticationMethod method, Action<PppFrameQueue> talk)
    {
        var random = new CountingRandom();
        var settings = new ServerSessionSettings
        {
            Call = new ServerCallSettings(), Link = new ServerLinkSettings { Methods = [method] },
        };
        return new ServerSession(
            settings,
            Certificate,
            (agreed, output) =>
            {
                talk(output);
                return Authenticator(agreed, output, random);
            },
            random,
            now);
    }

    public static ClientSession Client(MonotonicTime now, string password = Password, params AuthenticationMethod[] methods)
    {
        var random = new ReversedRandom();
        var settings = new ClientSessionSettings
        {
            UserName = UserName,
            Call = new ClientCallSettings(),
            Link = new ClientLinkSettings { Methods = methods },
        };
        var credentials = password == Password ? Alice : new PeerCredentials(UserName, password);
        return new ClientSession(
            settings, Certificate, (method, output) => Peer(method, credentials, output, random), random, now);
    }

    public static Authenticator Authenticator(AuthenticationMethod method, PppFrameQueue output, IRandomBytes random) =>
        method switch
        {
            AuthenticationMethod.Pap => new PapAuthenticator(Authentication, output),
            AuthenticationMethod.ChapMd5 => new ChapMd5Authenticator(Authentication, output, random),
            AuthenticationMethod.MsChapV2 => new MsChapV2Authenticator(Authentication, output, random),
            _ => EapAuthenticator.WithMsChapV2(Authentication, output, random),
        };

    public static AuthenticatingPeer Peer(
        AuthenticationMethod method, PeerCredentials credentials, PppFrameQueue output, IRandomBytes random) => method switch
    {
        AuthenticationMethod.Pap => new PapPeer(credentials, output),
        AuthenticationMethod.ChapMd5 => new ChapMd5Peer(credentials, output),
        AuthenticationMethod.MsChapV2 => new MsChapV2Peer(credentials, output, random),
        _ => EapPeer.WithMsChapV2(credentials, output, random),
    };

    /// <summary>What a user data base with alice in it says.</summary>
    public static AuthenticationVerdict Judge(Credentials credentials)
    {
        AuthenticationVerdict rejected = new AuthenticationVerdict.Rejected(
            RejectionReason.AuthenticationFailure, "no", MayRetry: false);
        return credentials switch
        {
            { UserName: not UserName } => rejected,
            Credentials.Pap { Password: Password } => new AuthenticationVerdict.Accepted(HigherLayerKey.None, "Welcome"),
            Credentials.ChapMd5 offered when Answers(offered) =>
                new AuthenticationVerdict.Accepted(HigherLayerKey.None, "Welcome"),
            Credentials.MsChapV2 offered when Answers(offered) => Accept(offered),
            _ => rejected,
        };
    }

    private static bool Answers(Credentials.ChapMd5 offered)
    {
        Span<byte> expected = stackalloc byte[16];
        ChapMd5.Respond(offered.Identifier, PeerEncoding.Encode(Password), offered.Challenge.Span, expected);
        return expected.SequenceEqual(offered.Response.Span);
    }

    private static bool Answers(Credentials.MsChapV2 offered)
    {
        Span<byte> expected = stackalloc byte[MsChapV2.NtResponseSize];
        MsChapV2.NtResponse(
            offered.AuthenticatorChallenge.Span, offered.PeerChallenge.Span, offered.NameOctets.Span, NtHash, expected);
        return expected.SequenceEqual(offered.NtResponse.Span);
    }

    private static AuthenticationVerdict.Accepted Accept(Credentials.MsChapV2 offered)
    {
        Span<byte> proof = stackalloc byte[MsChapV2.AuthenticatorResponseSize];
        MsChapV2.AuthenticatorResponse(
            NtHash, offered.NtResponse.Span, offered.PeerChallenge.Span,
            offered.AuthenticatorChallenge.Span, offered.NameOctets.Span, proof);
        return new AuthenticationVerdict.Accepted(
            MsChapV2.DeriveKey(NtHash, offered.NtResponse.Span), MsChapV2Success.Format(proof, "Welcome"));
    }

    private static byte[] MakeNtHash()
    {
        var hash = new byte[MsChapV2.NtHashSize];
        MsChapV2.NtHash(Password, hash);
        return hash;
    }

    /// <summary>Fills with 01 01 .. the first time, 02 02 .. the second, and so on.</summary>
    private sealed class CountingRandom : IRandomBytes
    {
        private byte _next;

        public void Fill(Span<byte> destination) => destination.Fill(++_next);
    }

    /// <summary>Fills with FE FE .. the first time, FD FD .. the second, and so on.</summary>
    private sealed class ReversedRandom : IRandomBytes
    {
        private byte _next = 0xFF;

        public void Fill(Span<byte> destination) => destination.Fill(--_next);
    }
}
