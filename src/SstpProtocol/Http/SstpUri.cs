using System.Text;

namespace SstpProtocol.Http;

/// <summary>The names by which SSTP hides in HTTP (MS-SSTP 3.2.4.1).</summary>
internal static class SstpUri
{
    /// <summary>2^64-1: a body that never ends.</summary>
    public const string ContentLength = "18446744073709551615";

    public static ReadOnlySpan<byte> Method => "SSTP_DUPLEX_POST"u8;

    public static ReadOnlySpan<byte> Path => "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/"u8;

    /// <summary>Compares the path without regard to case, in origin or absolute form,
    /// whatever query follows (tenantid is one).</summary>
    public static bool Matches(ReadOnlySpan<byte> target)
    {
        var query = target.IndexOf((byte)'?');
        var path = query < 0 ? target : target[..query];
        if (!path.StartsWith("/"u8))
        {
            // RFC 9112 3.2.2: a server must take the absolute form as well; proxies produce it.
            var authority = path.IndexOf("://"u8);
            if (authority < 0) return false;
            path = path[(authority + "://".Length)..];
            var slash = path.IndexOf((byte)'/');
            if (slash < 0) return false;
            path = path[slash..];
        }

        return Ascii.EqualsIgnoreCase(path, Path);
    }
}
