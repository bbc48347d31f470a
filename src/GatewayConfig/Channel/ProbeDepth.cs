using System.Text.Json.Serialization;

namespace GatewayConfig.Channel;

/// <summary>How far a probe goes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProbeDepth>))]
public enum ProbeDepth
{
    /// <summary>A TCP connection.</summary>
    Tcp,

    /// <summary>And a TLS handshake.</summary>
    Tls,

    /// <summary>And SSTP's HTTP request (MS-SSTP 3.2.4.1).</summary>
    Sstp,
}
