using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Ppp.Lcp;

/// <summary>The data of LCP's Authentication-Protocol option: a protocol number, for CHAP followed by the algorithm.</summary>
internal static class AuthenticationOption
{
    /// <returns>False for what this product does not speak, such as MS-CHAPv1 (C2 23 80).</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out AuthenticationMethod method)
    {
        (var known, method) = data switch
        {
            [0xC0, 0x23] => (true, AuthenticationMethod.Pap),
            [0xC2, 0x23, 0x05] => (true, AuthenticationMethod.ChapMd5),
            [0xC2, 0x23, 0x81] => (true, AuthenticationMethod.MsChapV2),
            [0xC2, 0x27] => (true, AuthenticationMethod.Eap),
            _ => (false, default),
        };
        return known;
    }

    public static void Write(OptionWriter options, AuthenticationMethod method) => options.Add(
        LcpOptionType.AuthenticationProtocol,
        method switch
        {
            AuthenticationMethod.Pap => [0xC0, 0x23],
            AuthenticationMethod.ChapMd5 => [0xC2, 0x23, 0x05],
            AuthenticationMethod.MsChapV2 => [0xC2, 0x23, 0x81],
            AuthenticationMethod.Eap => [0xC2, 0x27],
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "LCP cannot name this method"),
        });

    /// <summary>For a log line: the method's name, or the octets of one that is not known.</summary>
    public static string Describe(ReadOnlySpan<byte> data) => data switch
    {
        [0xC2, 0x23, 0x80] => "MS-CHAPv1",
        _ => TryRead(data, out var method)
            ? method.ToString()
            : $"method {Convert.ToHexString(data[..Math.Min(data.Length, PeerText.MaxLength / 2)])}",
    };
}
