using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SstpClient.Probe;

/// <summary>What to probe, and how.</summary>
public sealed record ProbeTarget
{
    public const int DefaultPort = 443;

    /// <summary>The name that is resolved, sent as SNI and Host, and looked for in the certificate; or an address.
    /// Visible ASCII.</summary>
    public required string Host { get; init; }

    public int Port { get; init; } = DefaultPort;

    /// <summary>Dialled in place of what the name resolves to: one gateway out of several. Null: resolve the name.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The only authorities to trust; empty: those of the system.</summary>
    public IReadOnlyList<X509Certificate2> Authorities { get; init; } = [];

    /// <summary>A certificate with fewer days left fails the probe. Default 0: only an expired one does.</summary>
    public int MinDaysLeft { get; init; }

    /// <summary>For each step. Default 10 s.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whom to log in as; null: no log-in.</summary>
    public ProbeCredentials? Credentials { get; init; }

    /// <summary>Host and port as a URI would hold them, the port left out when it is 443.</summary>
    public string Authority
    {
        get
        {
            var host = Host.Contains(':') ? $"[{Host}]" : Host;
            return Port == DefaultPort ? host : $"{host}:{Port}";
        }
    }

    /// <summary>Reads, with or without "https://" before it, "name", "name:port", "192.0.2.1:port",
    /// "2001:db8::1" or "[2001:db8::1]:port".</summary>
    /// <param name="target">Null when the text is none of these.</param>
    public static bool TryParse(string text, out ProbeTarget? target)
    {
        target = null;
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) text = text["https://".Length..].TrimEnd('/');
        if (!text.Contains('[') && IPAddress.TryParse(text, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            target = new ProbeTarget { Host = address.ToString() };
            return true;
        }

        var colon = text.EndsWith(']') ? -1 : text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        ushort port = DefaultPort;
        if (colon >= 0 && (!ushort.TryParse(text.AsSpan(colon + 1), out port) || port == 0)) return false;

        if (host is ['[', .. var inner, ']'] && IPAddress.TryParse(inner, out _)) host = inner;
        else if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4)) return false;
        if (host.AsSpan().ContainsAnyExceptInRange('!', '~')) return false;    // other alphabets come as xn--

        target = new ProbeTarget { Host = host, Port = port };
        return true;
    }
}
