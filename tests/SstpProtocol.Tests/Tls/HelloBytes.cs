using System.Text;

namespace SstpProtocol.Tests.Tls;

/// <summary>TLS hellos as octets, written from the pictures of RFC 8446.</summary>
internal static class HelloBytes
{
    public static byte[] Hello(params byte[][] extensions)
    {
        byte[] all = [.. extensions.SelectMany(e => e)];
        return Handshake([3, 3, .. new byte[32], 0, .. Vector16([0x13, 0x01]), 1, 0, .. Vector16(all)]);
    }

    public static byte[] Handshake(byte[] body) =>
        [1, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    public static byte[] Record(byte[] fragment) => [22, 3, 1, .. Vector16(fragment)];

    public static byte[] ServerName(string name, byte type = 0) =>
        Extension(0, Vector16([type, .. Vector16(Encoding.Latin1.GetBytes(name))]));

    public static byte[] Alpn(params string[] names) =>
        Extension(16, Vector16([.. names.SelectMany(name => (byte[])[(byte)name.Length, .. Encoding.Latin1.GetBytes(name)])]));

    public static byte[] Versions(params ushort[] versions) =>
        Extension(43, [(byte)(versions.Length * 2), .. versions.SelectMany(v => (byte[])[(byte)(v >> 8), (byte)v])]);

    public static byte[] Extension(ushort type, byte[] data) => [(byte)(type >> 8), (byte)type, .. Vector16(data)];

    public static byte[] Vector16(byte[] data) => [(byte)(data.Length >> 8), (byte)data.Length, .. data];
}
