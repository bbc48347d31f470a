using System.Net;
using System.Net.Sockets;

namespace Operator.Dns.Providers.Http;

/// <summary>Connects to services, and to no link-local address: there, clouds tell a machine its own credentials,
/// and an answer's first words are shown in a status.</summary>
/// <remarks>The address is checked that is dialled, so no name leads there either.
/// Services in private networks are reached.</remarks>
internal static class ServiceConnector
{
    /// <summary>Where Amazon answers over IPv6, which is unique-local and not link-local.</summary>
    private static readonly IPAddress AmazonMetadata = IPAddress.Parse("fd00:ec2::254");

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stopping)
    {
        var host = context.DnsEndPoint.Host;
        var found = await System.Net.Dns.GetHostAddressesAsync(host, stopping);
        IPAddress[] allowed = [.. found.Where(address => !IsLinkLocal(address))];
        if (allowed.Length == 0)
            throw new HttpRequestException($"{host} is a link-local address, which is not dialled; give the service another");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, stopping);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLinkLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? address.GetAddressBytes() is [169, 254, ..]
            : address.IsIPv6LinkLocal || address.Equals(AmazonMetadata);
    }
}
