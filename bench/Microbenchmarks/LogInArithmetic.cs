using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Sstp.CryptoBinding;

namespace Bench.Microbenchmarks;

/// <summary>What the gateway computes for one MS-CHAPv2 log-in, with the values of RFC 2759 section 9.2.</summary>
internal sealed record LogInArithmetic() : Microbenchmark("MS-CHAPv2 log-in: response, success, keys", 128)
{
    private readonly byte[] _ntHash = Convert.FromHexString("44EBBA8D5312B8D611474411F56989AE");
    private readonly byte[] _authenticator = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private readonly byte[] _peer = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");

    /// <summary>The key is that of RFC 3079 section 3.5.3: server receive start key, then its send start key.</summary>
    public override bool IsRight()
    {
        Span<byte> success = stackalloc byte[MsChapV2.AuthenticatorResponseSize];
        var key = Run(success);
        return Convert.ToHexString(success) == "407A5589115FD0D6209F510FE9C04566932CDA56" &&
            Convert.ToHexString(key.Octets) == "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB";
    }

    public override void Repeat(int times)
    {
        Span<byte> success = stackalloc byte[MsChapV2.AuthenticatorResponseSize];
        for (var i = 0; i < times; i++) Run(success);
    }

    private HigherLayerKey Run(Span<byte> success)
    {
        Span<byte> response = stackalloc byte[MsChapV2.NtResponseSize];
        MsChapV2.NtResponse(_authenticator, _peer, "User"u8, _ntHash, response);
        MsChapV2.AuthenticatorResponse(_ntHash, response, _peer, _authenticator, "User"u8, success);
        return MsChapV2.DeriveKey(_ntHash, response);
    }
}
