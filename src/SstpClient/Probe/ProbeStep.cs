using System.Text.Json.Serialization;

namespace SstpClient.Probe;

/// <summary>What a probe does, in order. The number is the exit code of a probe that fails there;
/// 0 is a probe that does not.</summary>
public enum ProbeStep
{
    /// <summary>The name has addresses.</summary>
    [JsonStringEnumMemberName("dns")] Dns = 2,

    /// <summary>One of them takes a connection.</summary>
    [JsonStringEnumMemberName("tcp")] Tcp = 3,

    /// <summary>TLS comes about, with a certificate that is trusted, valid and for the name.</summary>
    [JsonStringEnumMemberName("tls")] Tls = 4,

    /// <summary>The HTTP request of SSTP is answered with 200.</summary>
    [JsonStringEnumMemberName("http")] Http = 5,

    /// <summary>CALL_CONNECT_REQUEST is answered with CALL_CONNECT_ACK.</summary>
    [JsonStringEnumMemberName("sstp")] Sstp = 6,

    /// <summary>A log-in succeeds and gets an address. Only when asked for.</summary>
    [JsonStringEnumMemberName("login")] Login = 7,
}
