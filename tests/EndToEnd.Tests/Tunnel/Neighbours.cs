using EndToEnd.Tests.Programs;

namespace EndToEnd.Tests.Tunnel;

/// <summary>Two clients that know the way to each other: through the tunnel.</summary>
internal static class Neighbours
{
    public static async Task<(ClientProcess First, ClientProcess Second)> DialAsync(ClientProcess first, ClientProcess second)
    {
        foreach (var client in new[] { first, second })
        {
            await client.WaitForRoutesAsync();
            await client.WaitForAddress6Async();
            await client.Namespace.IpAsync("route", "add", "10.77.0.0/24", "dev", ClientProcess.Device);
            await client.Namespace.IpAsync("route", "add", "fd00:77::/56", "dev", ClientProcess.Device);
        }

        return (first, second);
    }
}
