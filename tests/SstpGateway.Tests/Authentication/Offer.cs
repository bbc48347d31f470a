using System.Text;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpGateway.Tests.Authentication;

/// <summary>Credentials as a client with this name and password offers them.</summary>
internal static class Offer
{
    private static readonly byte[] s_challenge = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
    private static readonly byte[] s_peerChallenge = [.. Enumerable.Range(101, 16).Select(i => (byte)i)];

    public static Credentials Pap(string name, string password) => new Credentials.Pap(name, password);

    public static Credentials MsChapV2(string name, string password) => MsChapV2(name, password, insideEap: false);

    public static Credentials EapMsChapV2(string name, string password) => MsChapV2(name, password, insideEap: true);

    public static Credentials ChapMd5(string name, string password)
    {
        var response = new byte[16];
        SstpProtocol.Ppp.Authentication.Chap.ChapMd5.Respond(7, Encoding.UTF8.GetBytes(password), s_challenge, response);
        return new Credentials.ChapMd5(name, 7, s_challenge, response);
    }

    public static Credentials By(string method, string name, string password) => method switch
    {
        "pap" => Pap(name, password),
        "chapMd5" => ChapMd5(name, password),
        "msChapV2" => MsChapV2(name, password),
        _ => EapMsChapV2(name, password),
    };

    /// <summary>What the server must say to that client, and the key they then share.</summary>
    public static (string Proof, byte[] Key) Expected(string name, string password)
    {
        var offered = (Credentials.MsChapV2)MsChapV2(name, password);
        var (ntHash, proof) = (new byte[16], new byte[20]);
        SstpProtocol.Ppp.Authentication.MsChap.MsChapV2.NtHash(password, ntHash);
        SstpProtocol.Ppp.Authentication.MsChap.MsChapV2.AuthenticatorResponse(
            ntHash, offered.NtResponse.Span, s_peerChallenge, s_challenge, offered.NameOctets.Span, proof);
        var key = SstpProtocol.Ppp.Authentication.MsChap.MsChapV2.DeriveKey(ntHash, offered.NtResponse.Span);
        return (MsChapV2Success.Format(proof, ""), key.Octets.ToArray());
    }

    private static Credentials.MsChapV2 MsChapV2(string name, string password, bool insideEap)
    {
        var (ntHash, response) = (new byte[16], new byte[24]);
        SstpProtocol.Ppp.Authentication.MsChap.MsChapV2.NtHash(password, ntHash);
        SstpProtocol.Ppp.Authentication.MsChap.MsChapV2.NtResponse(
            s_challenge, s_peerChallenge, Encoding.UTF8.GetBytes(name), ntHash, response);
        return new Credentials.MsChapV2(name, 7, s_challenge, s_peerChallenge, response, insideEap);
    }
}
