using SstpClient.Calls;

namespace SstpClient.Connect;

/// <summary>How <c>sstp-client connect</c> behaves.</summary>
public sealed record ConnectSettings
{
    public required CallSettings Call { get; init; }

    /// <summary>Name of the tunnel device. Default "sstp0".</summary>
    public string Device { get; init; } = "sstp0";

    /// <summary>MTU inside the tunnel in bytes; the server's router advertisement may lower it. Default 1400.</summary>
    public int Mtu { get; init; } = 1400;

    public RouteMode Routes { get; init; } = RouteMode.Pushed;

    public bool ConfigureDns { get; init; } = true;

    /// <summary>Calls again when a call ends, with pauses from 1 s doubling to 60 s.</summary>
    public bool Redial { get; init; }
}
