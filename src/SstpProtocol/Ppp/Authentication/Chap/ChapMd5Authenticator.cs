using System.Security.Cryptography;

namespace SstpProtocol.Ppp.Authentication.Chap;

/// <summary>CHAP with MD5, the end that judges (RFC 1994).</summary>
public sealed class ChapMd5Authenticator(AuthenticatorSettings settings, PppFrameQueue output, IRandomBytes random)
    : ChapAuthenticator(settings, output, random)
{
    private protected override Credentials? ReadResponse(byte identifier, ReadOnlySpan<byte> data, ReadOnlyMemory<byte> challenge)
    {
        if (!ChapValue.TryRead(data, out var response) || response.Value.Length != MD5.HashSizeInBytes) return null;

        return new Credentials.ChapMd5(PeerEncoding.Decode(response.Name), identifier, challenge, response.Value.ToArray())
        {
            NameOctets = response.Name.ToArray(),
        };
    }

    private protected override string SuccessMessage(AuthenticationVerdict.Accepted verdict) => verdict.Message;

    private protected override string FailureMessage(
        AuthenticationVerdict.Rejected verdict, bool mayRetry, ReadOnlySpan<byte> challenge) =>
        verdict.Message;
}
