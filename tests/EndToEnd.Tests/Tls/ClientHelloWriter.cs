using System.Text;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.RawClient;

namespace EndToEnd.Tests.Tls;

/// <summary>A ClientHello written out (RFC 5246 7.4.1.2): what today's TLS libraries no longer say themselves.</summary>
internal static class ClientHelloWriter
{
    /// <param name="version">0x0303 is TLS 1.2, 0x0302 TLS 1.1, and so on downwards.</param>
    /// <param name="suites">Cipher suites in the order of preference.</param>
    /// <returns>One record.</returns>
    public static byte[] Write(ushort version, params ushort[] suites)
    {
        byte[] body =
        [
            .. Number16(version), .. new byte[32], 0,
            .. Block16([.. suites.SelectMany(Number16)]),
            1, 0,
            .. Block16(
            [
                .. Extension(0, Block16([0, .. Block16(Encoding.ASCII.GetBytes(Laboratory.GatewayName))])),
                .. Extension(10, Block16(Octets.Hex("001D 0017 0018"))),              // supported_groups
                .. Extension(11, [1, 0]),                                               // ec_point_formats: uncompressed
                .. Extension(13, Block16(Octets.Hex("0403 0804 0401 0503 0603 0203 0201"))), // signature_algorithms
                .. Extension(0xFF01, [0]),                                              // renegotiation_info
            ]),
        ];
        byte[] handshake = [1, 0, .. Block16(body)];
        return [0x16, 3, 1, .. Block16(handshake)];
    }

    private static byte[] Extension(ushort type, byte[] data) => [.. Number16(type), .. Block16(data)];

    private static byte[] Block16(byte[] data) => [.. Number16((ushort)data.Length), .. data];

    private static byte[] Number16(ushort number) => [(byte)(number >> 8), (byte)number];
}
