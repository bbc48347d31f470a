namespace GatewayConfig.Decoy;

public enum DecoyKind
{
    /// <summary>404 for everything, in the manner of a common web server.</summary>
    NotFound,

    /// <summary>The files of a folder.</summary>
    Static,

    /// <summary>Another web server.</summary>
    Proxy,
}
