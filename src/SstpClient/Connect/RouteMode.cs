namespace SstpClient.Connect;

/// <summary>What goes through the tunnel.</summary>
public enum RouteMode
{
    /// <summary>The networks the server names (DHCP option 121 or 249, router advertisement).</summary>
    Pushed,

    /// <summary>Everything but the call itself.</summary>
    All,

    /// <summary>Only the server's own inside address; the user sets routes.</summary>
    None,
}
