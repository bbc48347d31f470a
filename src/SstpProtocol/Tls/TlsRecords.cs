using System.Buffers.Binary;

namespace SstpProtocol.Tls;

/// <summary>Takes the first handshake message out of raw TLS records (RFC 8446 5.1), over which it may be spread.</summary>
internal static class TlsRecords
{
    private const int RecordHeaderSize = 5;
    private const int HandshakeHeaderSize = 4;
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;

    // 2^14, RFC 8446 5.1.
    private const int MaxFragment = 1 << 14;

    /// <param name="message">Takes the body of the ClientHello; longer ones are malformed.</param>
    /// <param name="length">Of the body, when complete.</param>
    public static ReadStatus TryReadClientHello(ReadOnlySpan<byte> buffer, Span<byte> message, out int length)
    {
        length = 0;
        Span<byte> header = stackalloc byte[HandshakeHeaderSize];
        var gathered = 0;
        var expected = int.MaxValue;

        while (gathered < expected)
        {
            var status = ReadFragment(buffer, out var fragment, out var recordLength);
            if (status == ReadStatus.Malformed) return status;

            foreach (var octet in fragment)
            {
                if (gathered < HandshakeHeaderSize)
                {
                    header[gathered] = octet;
                    if (header[0] != ClientHelloMessage) return ReadStatus.Malformed;
                }
                else
                {
                    message[gathered - HandshakeHeaderSize] = octet;
                }

                gathered++;
                if (gathered == HandshakeHeaderSize)
                {
                    expected = HandshakeHeaderSize + (int)(BinaryPrimitives.ReadUInt32BigEndian(header) & 0xFFFFFF);
                    if (expected - HandshakeHeaderSize > message.Length) return ReadStatus.Malformed;
                }

                if (gathered == expected) break;
            }

            if (gathered == expected) break;
            if (status == ReadStatus.NeedMoreBytes) return status;
            buffer = buffer[recordLength..];
        }

        length = expected - HandshakeHeaderSize;
        return ReadStatus.Complete;
    }

    /// <param name="fragment">What has arrived of the record's content, also when the rest has not.</param>
    private static ReadStatus ReadFragment(ReadOnlySpan<byte> buffer, out ReadOnlySpan<byte> fragment, out int recordLength)
    {
        fragment = default;
        recordLength = 0;
        if (buffer.Length > 0 && buffer[0] != HandshakeRecord) return ReadStatus.Malformed;
        // The major version is 3 in SSL 3.0 and every TLS; the minor one must not be looked at (RFC 8446 5.1).
        if (buffer.Length > 1 && buffer[1] != 3) return ReadStatus.Malformed;
        if (buffer.Length < RecordHeaderSize) return ReadStatus.NeedMoreBytes;

        var length = BinaryPrimitives.ReadUInt16BigEndian(buffer[3..]);
        if (length is 0 or > MaxFragment) return ReadStatus.Malformed;

        recordLength = RecordHeaderSize + length;
        fragment = buffer[RecordHeaderSize..Math.Min(buffer.Length, recordLength)];
        return buffer.Length < recordLength ? ReadStatus.NeedMoreBytes : ReadStatus.Complete;
    }
}
