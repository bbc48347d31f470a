using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Operator.Dns.Push;

/// <summary>What a client asks for at <c>/nic/update</c>, read strictly.</summary>
/// <param name="Hosts">In the order asked; each gets a line of the answer.</param>
/// <param name="Addresses">Empty: the client leaves it to us to see where it comes from.</param>
public sealed record PushRequest(string User, string Password, ImmutableArray<string> Hosts, ImmutableArray<IPAddress> Addresses)
{
    /// <summary>Dyn's own limit.</summary>
    public const int MaxHosts = 20;

    /// <summary>Reads the Authorization header; false when it is not Basic with a user and a password.</summary>
    public static bool TryReadAuthorization(
        string? header, [NotNullWhen(true)] out string? user, [NotNullWhen(true)] out string? password)
    {
        (user, password) = (null, null);
        if (header is null || header.Length > 1024 || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return false;

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return false;

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1) return false;

        (user, password) = (text[..colon], text[(colon + 1)..]);
        return true;
    }

    /// <summary>Reads lists such as <c>192.0.2.1,2001:db8::1</c>.</summary>
    /// <returns>False when something in them is no address, or there are two of one family.</returns>
    public static bool TryReadAddresses(IEnumerable<string> lists, out ImmutableArray<IPAddress> addresses)
    {
        var found = new List<IPAddress>();
        addresses = [];
        foreach (var text in lists.SelectMany(
            list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!IPAddress.TryParse(text, out var address) || (!text.Contains(':') && text.Count(letter => letter == '.') != 3))
                return false;
            if (found.Any(other => other.AddressFamily == address.AddressFamily)) return false;
            found.Add(address);
        }

        addresses = [.. found];
        return true;
    }
}
