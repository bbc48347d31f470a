using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.DuckDns;

namespace Operator.Tests.Dns.Providers;

public sealed class DuckDnsProviderTests
{
    private const string Token = "a7c4d0ad-114e-40ef-ba1d-d217904a50f2";
    private static readonly DomainName Name = DomainName.Parse("office.duckdns.org");
    private static readonly IPAddress V4 = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress V6 = IPAddress.Parse("2001:db8::1");

    [Theory]
    [InlineData("OK\n192.0.2.1\n\nUPDATED", "Applied")]
    [InlineData("OK\n192.0.2.1\n\nNOCHANGE", "Unchanged")]
    [InlineData("OK", "Applied")]
    [InlineData("KO", "Auth")]
    [InlineData("<html>login</html>", "Unknown")]
    [InlineData("", "Unknown")]
    public async Task Answers_land_in_their_class(string body, string means)
    {
        var outcome = await new DuckDnsProvider(new ScriptedService().Answer(body).Client, Token, TimeProvider.System)
            .ApplyAddressesAsync(new AddressChange(Name, [V4], null, TimeSpan.FromSeconds(60)), CancellationToken.None);

        Assert.Equal(means, outcome.FailureOrNull?.Class.ToString() ?? outcome.GetType().Name);
        Assert.DoesNotContain(Token, outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_family_goes_into_its_own_field_and_text_into_the_domain_s_one()
    {
        var service = new ScriptedService().Answer("OK");
        var duck = new DuckDnsProvider(service.Client, Token, TimeProvider.System);

        await duck.ApplyAddressesAsync(new AddressChange(Name, [V4], [V6], TimeSpan.FromSeconds(60)), CancellationToken.None);
        await duck.ApplyAddressesAsync(new AddressChange(Name, null, [V6], TimeSpan.FromSeconds(60)), CancellationToken.None);
        await duck.ApplyAddressesAsync(new AddressChange(Name, [], [], TimeSpan.FromSeconds(60)), CancellationToken.None);
        await duck.PresentTextAsync(Name.Prepend("_acme-challenge")!, "a+b", TimeSpan.FromSeconds(60), CancellationToken.None);
        await duck.RemoveTextAsync(Name.Prepend("_acme-challenge")!, "a+b", CancellationToken.None);

        var start = $"https://www.duckdns.org/update?domains=office&token={Token}&";
        Assert.Equal(
            [
                "ip=192.0.2.1&ipv6=2001:db8::1&verbose=true",
                "ipv6=2001:db8::1&verbose=true",
                "clear=true&verbose=true",
                "txt=a%2Bb&verbose=true",
                "txt=a%2Bb&clear=true&verbose=true",
            ],
            service.Requests.Select(request => request.Url.Replace(start, "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_name_elsewhere_is_refused_without_a_request()
    {
        var service = new ScriptedService().Answer("OK");

        var outcome = await new DuckDnsProvider(service.Client, Token, TimeProvider.System)
            .ApplyAddressesAsync(
                new AddressChange(DomainName.Parse("vpn.example.com"), [V4], null, TimeSpan.FromSeconds(60)),
                CancellationToken.None);

        Assert.Equal(FailureClass.Config, outcome.FailureOrNull?.Class);
        Assert.Empty(service.Requests);
    }
}
