using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Cloudflare;

namespace Operator.Tests.Dns.Providers.Cloudflare;

/// <summary>The real service, for who gives SSTP_CLOUDFLARE_TOKEN and SSTP_CLOUDFLARE_ZONE (its name).
/// Leaves nothing behind.</summary>
public sealed class CloudflareLiveTests
{
    private static readonly string? Token = Environment.GetEnvironmentVariable("SSTP_CLOUDFLARE_TOKEN");
    private static readonly string? Zone = Environment.GetEnvironmentVariable("SSTP_CLOUDFLARE_ZONE");

    [LiveFact]
    public async Task A_name_comes_changes_and_goes()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var provider = new CloudflareProvider(client, new CloudflareSettings(Token!), TimeProvider.System);
        var name = DomainName.Parse($"sstp-test-{Guid.NewGuid():N}.{Zone}");
        try
        {
            foreach (var address in (string[])["192.0.2.1", "192.0.2.2"])
            {
                var outcome = await provider.ApplyAddressesAsync(
                    new AddressChange(name, [IPAddress.Parse(address)], null, TimeSpan.FromSeconds(60)), CancellationToken.None);
                Assert.True(outcome is ProviderOutcome.Applied, outcome.ToString());
                var listing = Assert.IsType<ProviderListing<PublishedAddress>.Found>(
                    await provider.ListAddressesAsync(name, CancellationToken.None));
                Assert.Equal(address, Assert.Single(listing.Items).Address.ToString());
            }
        }
        finally
        {
            await provider.ApplyAddressesAsync(new AddressChange(name, [], [], TimeSpan.FromSeconds(60)), CancellationToken.None);
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LiveFactAttribute : FactAttribute
    {
        public LiveFactAttribute()
        {
            if (string.IsNullOrEmpty(Token) || string.IsNullOrEmpty(Zone))
                Skip = "needs SSTP_CLOUDFLARE_TOKEN and SSTP_CLOUDFLARE_ZONE";
        }
    }
}
