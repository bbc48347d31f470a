using System.Net;
using System.Security.Cryptography;
using System.Text;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Webhook;
using TestSupport.Time;

namespace Operator.Tests.Dns.Providers;

public sealed class WebhookProviderTests
{
    private static readonly DomainName Name = DomainName.Parse("vpn.example.com");
    private static readonly AddressChange Change = new(Name, [IPAddress.Parse("192.0.2.1")], [], TimeSpan.FromSeconds(60));

    [Fact]
    public async Task A_request_is_signed_over_its_time_and_its_body()
    {
        HttpRequestMessage? sent = null;
        string? body = null;
        using var client = new HttpClient(new Receiver(request =>
        {
            sent = request;
            body = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
        }));

        var outcome = await new WebhookProvider(client, new Uri("https://hook.example/dns"), "key", new ManualTime())
            .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.IsType<ProviderOutcome.Applied>(outcome);
        var timestamp = sent!.Headers.GetValues("X-Sstp-Timestamp").Single();
        var expected = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes("key"), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
        Assert.Equal("sha256=" + expected, sent.Headers.GetValues("X-Sstp-Signature").Single());
        Assert.Equal(
            """{"ttl":60,"ipv4":["192.0.2.1"],"ipv6":[],"version":1,"operation":"applyAddresses","name":"vpn.example.com"}""",
            body);
    }

    [Theory]
    [InlineData("""{"result":"applied"}""", 200, "Applied")]
    [InlineData("""{"result":"unchanged","message":"same"}""", 200, "Unchanged")]
    [InlineData("""{"result":"failed","class":"auth","message":"no"}""", 200, "Auth")]
    [InlineData("""{"result":"failed","class":"config"}""", 422, "Config")]
    [InlineData("""{"result":"failed","class":"abuse"}""", 200, "Abuse")]
    [InlineData("""{"result":"failed","class":"down"}""", 503, "ProviderDown")]
    [InlineData("""{"result":"failed","class":"other"}""", 200, "Unknown")]
    [InlineData("""{"result":7}""", 200, "Unknown")]
    [InlineData("""["applied"]""", 200, "Unknown")]
    [InlineData("applied", 200, "Unknown")]
    [InlineData("{", 200, "Unknown")]
    [InlineData("""{"result":"applied","result":"failed"}""", 200, "Unknown")]
    [InlineData("""{"result":"failed","class":"down","retryAfterSeconds":1e999}""", 200, "ProviderDown")]
    [InlineData("", 500, "Transient")]
    [InlineData("", 401, "Auth")]
    public async Task Answers_land_in_their_class(string body, int status, string means)
    {
        var outcome = await new WebhookProvider(
            new ScriptedService().Answer(body, status).Client, new Uri("https://hook.example/"), "key", TimeProvider.System)
            .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(means, outcome.FailureOrNull?.Class.ToString() ?? outcome.GetType().Name);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task An_answer_that_nests_without_end_is_one_that_is_not_known(int levels)
    {
        var outcome = await new WebhookProvider(
            new ScriptedService().Answer($$"""{"result":{{new string('[', levels)}}""").Client,
            new Uri("https://hook.example/"), "key", TimeProvider.System).ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(FailureClass.Unknown, outcome.FailureOrNull?.Class);
    }

    [Theory]
    [InlineData("""{"addresses":[{"address":"192.0.2.1","ttl":1e300}]}""")]
    [InlineData("""{"addresses":[{"address":"192.0.2.1","ttl":1e999}]}""")]
    [InlineData("""{"addresses":[{"address":"192.0.2.1","ttl":-1}]}""")]
    [InlineData("""{"addresses":[{"address":"192.0.2.1","address":"192.0.2.2"}]}""")]
    [InlineData("""{"addresses":[["192.0.2.1"]]}""")]
    [InlineData("""{"addresses":{"address":"192.0.2.1"}}""")]
    public async Task An_odd_listing_is_a_failure_and_no_exception(string body)
    {
        var listing = await new WebhookProvider(
            new ScriptedService().Answer(body).Client, new Uri("https://hook.example/"), "key", TimeProvider.System)
            .ListAddressesAsync(Name, CancellationToken.None);

        Assert.IsType<ProviderListing<PublishedAddress>.Failed>(listing);
    }

    [Fact]
    public async Task What_is_published_is_read_strictly()
    {
        async Task<ProviderListing<PublishedAddress>> List(string body) =>
            await new WebhookProvider(
                new ScriptedService().Answer(body).Client, new Uri("https://hook.example/"), "key", TimeProvider.System)
                .ListAddressesAsync(Name, CancellationToken.None);

        var found = Assert.IsType<ProviderListing<PublishedAddress>.Found>(
            await List("""{"addresses":[{"address":"192.0.2.1","ttl":60},{"address":"2001:db8::1"}]}"""));
        Assert.Equal(["192.0.2.1", "2001:db8::1"], found.Items.Select(item => item.Address.ToString()));
        Assert.IsType<ProviderListing<PublishedAddress>.Failed>(
            await List("""{"addresses":[{"address":"192.0.2"},{"address":"x"}]}"""));
        Assert.IsType<ProviderListing<PublishedAddress>.Failed>(await List("""{"addresses":"192.0.2.1"}"""));
        Assert.IsType<ProviderListing<PublishedAddress>.Failed>(await List("{}"));
    }

    private sealed class Receiver(Action<HttpRequestMessage> keep) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            keep(request);
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("""{"result":"applied"}""") });
        }
    }
}
