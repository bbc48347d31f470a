namespace Operator.Certificates.InternalCa;

/// <summary>Has the gateways of one VpnGateway serve a revocation list.</summary>
internal interface IRevocationPublisher
{
    /// <summary>Host name for the list's address where the resource gives none: the gateway's own;
    /// null when the gateway does not exist.</summary>
    Task<string?> FindHostAsync(string @namespace, string vpnGateway, CancellationToken stopping);

    /// <returns>Null when each gateway confirmed that it serves the list; else which does not, and why.</returns>
    Task<string?> PublishAsync(string @namespace, string vpnGateway, string name, byte[] list, CancellationToken stopping);
}
