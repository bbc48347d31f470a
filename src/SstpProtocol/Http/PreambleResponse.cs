using System.Text;

namespace SstpProtocol.Http;

/// <summary>The server's answer that turns the connection into SSTP (MS-SSTP 3.3.5.1).</summary>
public static class PreambleResponse
{
    /// <summary>Bytes that are always enough.</summary>
    public const int MaxLength = 256;

    /// <param name="destination"><see cref="MaxLength"/> bytes.</param>
    /// <param name="date">The time now in the form of RFC 9110 5.6.7, such as "Sun, 06 Nov 1994 08:49:37 GMT".</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, string date) =>
        // The three fields that Windows' own server sends; sstpc refuses any other length.
        Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Length: {SstpUri.ContentLength}\r\nServer: "
            + $"Microsoft-HTTPAPI/2.0\r\nDate: {date}\r\n\r\n",
            destination);
}
