namespace SstpGateway.Dns;

/// <summary>What no user needs to turn, and tests do.</summary>
public sealed record DnsForwarderSettings
{
    /// <summary>Default 53. Zero takes any free one, the same for UDP and TCP of one address.</summary>
    public int Port { get; init; } = 53;

    /// <summary>Where the default servers are read when none are configured.</summary>
    public string ResolvConf { get; init; } = "/etc/resolv.conf";

    /// <summary>From a question to its answer, all attempts included; then SERVFAIL.
    /// Default 5 s, the time a C library's resolver waits.</summary>
    public TimeSpan QueryDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one server may be silent before the next is asked.
    /// Default 1.25 s: four attempts in the deadline.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(1.25);

    /// <summary>How long a server that was silent is asked only after the others. Default 10 s.</summary>
    public TimeSpan SuspectTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client's TCP connection may be idle, or take for one message.
    /// Default 10 s ("a few seconds", RFC 7766 6.2.3).</summary>
    public TimeSpan TcpIdleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>TCP connections of one client. Default 16.</summary>
    public int TcpConnectionsPerClient { get; init; } = 16;

    /// <summary>TCP connections of all clients. Default 1024.</summary>
    public int TcpConnections { get; init; } = 1024;

    /// <summary>Questions open with servers at once, each a socket. Default 2048; beyond, clients get SERVFAIL.</summary>
    public int OpenQuestions { get; init; } = 2048;

    /// <summary>Memory for kept answers. Default 64 MiB.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Mix upper and lower case in names asked by UDP, so that a forger has to guess that, too. Default true.</summary>
    public bool MixCase { get; init; } = true;
}
