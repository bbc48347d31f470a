using System.Buffers.Binary;

namespace SstpProtocol.Ppp.Lcp;

/// <summary>The data of a Terminate-Request, in words. RFC 1661 5.5 leaves its content to the sender.</summary>
internal static class TerminateReason
{
    // Windows: its magic number, this mark, and the error that its user is shown, each 4 octets.
    private const uint WindowsMark = 0x003CCD74;
    private const int WindowsSize = 12;

    /// <returns>Safe for a log line; empty when the peer said nothing.</returns>
    public static string Describe(ReadOnlySpan<byte> data)
    {
        if (data.Length == WindowsSize && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) == WindowsMark)
        {
            var error = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
            return error == 0 ? "" : $"Windows error {error}";
        }

        return PeerText.From(data);
    }
}
