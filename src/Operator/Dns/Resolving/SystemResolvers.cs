using System.Net;
using System.Net.NetworkInformation;

namespace Operator.Dns.Resolving;

/// <summary>The resolvers that this host is told to use.</summary>
public static class SystemResolvers
{
    private const int DnsPort = 53;

    public static IReadOnlyList<IPEndPoint> Find() =>
        [.. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(device => device.GetIPProperties().DnsAddresses)
            .Distinct()
            .Select(address => new IPEndPoint(address, DnsPort))];
}
