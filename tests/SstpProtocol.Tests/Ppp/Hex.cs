namespace SstpProtocol.Tests.Ppp;

/// <summary>Bytes as the notes and traces print them: "C0 21 01".</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var parts = new string[bytes.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = bytes[i].ToString("X2");
        return string.Join(' ', parts);
    }
}
