using System.Text;

namespace SstpProtocol.Dhcp;

/// <summary>Domain names in DNS wire form: labels with their lengths, ended by a zero
/// octet (RFC 1035 3.1), without compression.</summary>
public static class DomainNames
{
    /// <summary>Longest label in octets (RFC 1035 2.3.4).</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Longest name in octets on the wire (RFC 1035 2.3.4).</summary>
    public const int MaxNameLength = 255;

    /// <summary>Codes one name.</summary>
    /// <param name="name">ASCII (punycode), with or without the final dot.</param>
    /// <exception cref="ArgumentException">An empty or overlong label, an overlong name,
    /// or a character outside ASCII.</exception>
    public static byte[] Encode(string name)
    {
        var wire = new List<byte>(name.Length + 2);
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            if (label.Length is 0 or > MaxLabelLength || !Ascii.IsValid(label))
                throw new ArgumentException($"'{name}' is not a domain name.", nameof(name));
            wire.Add((byte)label.Length);
            wire.AddRange(Encoding.ASCII.GetBytes(label));
        }

        wire.Add(0);
        if (wire.Count > MaxNameLength) throw new ArgumentException($"'{name}' is not a domain name.", nameof(name));
        return [.. wire];
    }

    /// <summary>Takes the next name off the front.</summary>
    /// <param name="name">Labels with dots between; characters a host name cannot have make it unreadable.</param>
    /// <returns>False at the end or at padding, for a compressed name, and where the rest is not well-formed.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> wire, out string name)
    {
        name = "";
        Span<char> text = stackalloc char[MaxNameLength];
        var length = 0;
        while (length < wire.Length && wire[length] != 0)
        {
            int label = wire[length];
            var end = length + 1 + label;
            if (label > MaxLabelLength || end >= wire.Length || end >= MaxNameLength) return false;

            if (length > 0) text[length - 1] = '.';
            foreach (var octet in wire[(length + 1)..end])
            {
                if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'_')) return false;
                text[length++] = (char)octet;
            }

            length = end;
        }

        if (length == 0 || length >= wire.Length) return false;

        name = new string(text[..(length - 1)]);
        wire = wire[(length + 1)..];
        return true;
    }
}
