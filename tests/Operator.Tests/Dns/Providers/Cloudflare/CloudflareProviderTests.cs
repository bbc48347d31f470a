using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Cloudflare;

namespace Operator.Tests.Dns.Providers.Cloudflare;

public sealed class CloudflareProviderTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(60);
    private static readonly DomainName Name = DomainName.Parse("vpn.example.com");
    private static readonly IPAddress First = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Second = IPAddress.Parse("192.0.2.2");

    [Fact]
    public async Task A_name_that_is_not_there_is_created()
    {
        var server = new CloudflareServer();

        var outcome = await Provider(server)
            .ApplyAddressesAsync(new AddressChange(Name, [First], [IPAddress.Parse("2001:db8::1")], Ttl), CancellationToken.None);

        Assert.IsType<ProviderOutcome.Applied>(outcome);
        Assert.Equal(["A 192.0.2.1 60", "AAAA 2001:db8::1 60"], Shown(server));
        Assert.All(server.Records, record => Assert.Equal(CloudflareProvider.Comment, (string?)record["comment"]));
    }

    [Fact]
    public async Task A_changed_address_is_one_patch_that_keeps_comment_tags_and_proxy()
    {
        var server = new CloudflareServer();
        server.Add("A", "vpn.example.com", "192.0.2.9", proxied: true, comment: "do not touch");

        await Provider(server).ApplyAddressesAsync(new AddressChange(Name, [First], null, Ttl), CancellationToken.None);

        var record = Assert.Single(server.Records);
        Assert.Equal("192.0.2.1", (string?)record["content"]);
        Assert.True((bool?)record["proxied"]);
        Assert.Equal("do not touch", (string?)record["comment"]);
        Assert.Equal("owner:people", (string?)record["tags"]![0]);
        Assert.Equal(1, (int?)record["ttl"]);
        Assert.Equal(
            [
                "GET zones",
                "GET zones",
                $"GET zones/{CloudflareServer.ZoneId}/dns_records",
                $"PATCH zones/{CloudflareServer.ZoneId}/dns_records/record1",
            ],
            server.Requests);
    }

    [Fact]
    public async Task What_is_so_already_costs_no_write()
    {
        var server = new CloudflareServer();
        server.Add("A", "vpn.example.com", "192.0.2.2");
        server.Add("A", "vpn.example.com", "192.0.2.1");

        var outcome = await Provider(server)
            .ApplyAddressesAsync(new AddressChange(Name, [First, Second], null, Ttl), CancellationToken.None);

        Assert.IsType<ProviderOutcome.Unchanged>(outcome);
        Assert.DoesNotContain(server.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_records_become_the_wanted_set_in_one_batch()
    {
        var server = new CloudflareServer();
        foreach (var last in (int[])[1, 7, 8, 9]) server.Add("A", "vpn.example.com", $"192.0.2.{last}");
        server.Add("A", "other.example.com", "192.0.2.200");

        await Provider(server).ApplyAddressesAsync(new AddressChange(Name, [First, Second], null, Ttl), CancellationToken.None);

        Assert.Equal(["A 192.0.2.1 60", "A 192.0.2.2 60", "A 192.0.2.200 60"], Shown(server));
        Assert.Single(server.Requests, request => request.EndsWith("/batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_on_later_pages_count_as_well()
    {
        var server = new CloudflareServer { PageSize = 2 };
        for (var last = 1; last <= 5; last++) server.Add("A", "vpn.example.com", $"192.0.2.{last}");

        var listing = Assert.IsType<ProviderListing<PublishedAddress>.Found>(
            await Provider(server).ListAddressesAsync(Name, CancellationToken.None));

        Assert.Equal(5, listing.Items.Length);
    }

    [Fact]
    public async Task A_token_that_may_not_list_zones_works_when_the_zone_is_given()
    {
        var server = new CloudflareServer { RefusesZoneList = true };
        var without = await Provider(server)
            .ApplyAddressesAsync(new AddressChange(Name, [First], null, Ttl), CancellationToken.None);
        var with = await new CloudflareProvider(
            server.Client, new CloudflareSettings(CloudflareServer.Token, CloudflareServer.ZoneId), TimeProvider.System)
            .ApplyAddressesAsync(new AddressChange(Name, [First], null, Ttl), CancellationToken.None);

        Assert.Equal(FailureClass.Auth, without.FailureOrNull?.Class);
        Assert.Contains("zoneId", without.FailureOrNull!.Advice, StringComparison.Ordinal);
        Assert.IsType<ProviderOutcome.Applied>(with);
    }

    [Fact]
    public async Task The_longest_zone_that_the_token_sees_holds_the_name_and_is_remembered()
    {
        var server = new CloudflareServer();
        server.Zones["branch.example.com"] = CloudflareServer.ZoneId;
        server.Zones["example.com"] = "0000";
        var provider = Provider(server);
        var name = DomainName.Parse("vpn.branch.example.com");

        await provider.ApplyAddressesAsync(new AddressChange(name, [First], null, Ttl), CancellationToken.None);
        var afterFirst = server.Requests.Count(request => request == "GET zones");
        await provider.ApplyAddressesAsync(new AddressChange(name, [First], null, Ttl), CancellationToken.None);

        Assert.Equal(2, afterFirst);
        Assert.Equal(2, server.Requests.Count(request => request == "GET zones"));
        Assert.Single(server.Records);
    }

    [Fact]
    public async Task Two_text_values_stand_side_by_side_and_one_is_removed_alone()
    {
        var server = new CloudflareServer();
        var provider = Provider(server);
        var challenge = DomainName.Parse("_acme-challenge.example.com");

        Assert.IsType<ProviderOutcome.Applied>(await provider.PresentTextAsync(challenge, "one", Ttl, CancellationToken.None));
        Assert.IsType<ProviderOutcome.Applied>(await provider.PresentTextAsync(challenge, "two", Ttl, CancellationToken.None));
        Assert.IsType<ProviderOutcome.Unchanged>(await provider.PresentTextAsync(challenge, "two", Ttl, CancellationToken.None));
        Assert.Equal<string>(
            ["one", "two"],
            Assert.IsType<ProviderListing<string>.Found>(await provider.ListTextAsync(challenge, CancellationToken.None)).Items);

        Assert.IsType<ProviderOutcome.Applied>(await provider.RemoveTextAsync(challenge, "one", CancellationToken.None));
        Assert.IsType<ProviderOutcome.Unchanged>(await provider.RemoveTextAsync(challenge, "one", CancellationToken.None));
        Assert.Equal<string>(
            ["two"],
            Assert.IsType<ProviderListing<string>.Found>(await provider.ListTextAsync(challenge, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Removing_a_name_removes_every_address_and_nothing_else()
    {
        var server = new CloudflareServer();
        server.Add("A", "vpn.example.com", "192.0.2.1");
        server.Add("AAAA", "vpn.example.com", "2001:db8::1");
        server.Add("TXT", "vpn.example.com", "\"v=spf1 -all\"");

        await Provider(server).ApplyAddressesAsync(new AddressChange(Name, [], [], Ttl), CancellationToken.None);

        Assert.Equal(["TXT \"v=spf1 -all\" 60"], Shown(server));
    }

    public static TheoryData<int, int, string, FailureClass> Faults => new()
    {
        { 429, 971, "Please wait and consider throttling your request speed", FailureClass.Transient },
        { 400, 10300, "rate limited", FailureClass.Transient },
        { 500, 0, "internal", FailureClass.Transient },
        { 503, 10000, "unavailable", FailureClass.Transient },
        { 403, 9109, "Unauthorized to access requested resource", FailureClass.Auth },
        { 400, 6003, "Invalid request headers", FailureClass.Auth },
        { 403, 10000, "Authentication error", FailureClass.Auth },
        { 400, 1004, "DNS Validation Error", FailureClass.Config },
        { 400, 81053, "An A, AAAA, or CNAME record with that host already exists.", FailureClass.Config },
        { 404, 7003, "Could not route", FailureClass.Config },
        { 404, 81044, "Record does not exist.", FailureClass.Transient },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_error_lands_in_its_class_and_changes_nothing(
        int status, int code, string message, FailureClass failureClass)
    {
        var server = new CloudflareServer();
        server.Add("A", "vpn.example.com", "192.0.2.9");
        server.Fault = request => request.Method == HttpMethod.Patch ? CloudflareServer.Error(status, code, message) : null;

        var outcome = await Provider(server)
            .ApplyAddressesAsync(new AddressChange(Name, [First], null, Ttl), CancellationToken.None);

        Assert.Equal(failureClass, outcome.FailureOrNull?.Class);
        Assert.Contains(message, outcome.FailureOrNull!.Words, StringComparison.Ordinal);
        Assert.Equal(["A 192.0.2.9 60"], Shown(server));
        Assert.Single(server.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_wait_of_a_429_is_passed_on()
    {
        var server = new CloudflareServer { Fault = _ => CloudflareServer.Error(429, 971, "slow down", ("Retry-After", "300")) };

        var outcome = await Provider(server)
            .ApplyAddressesAsync(new AddressChange(Name, [First], null, Ttl), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(300), outcome.FailureOrNull?.RetryAfter);
    }

    [Theory]
    [InlineData("<html>challenge</html>", FailureClass.Unknown)]
    [InlineData("{\"success\":true}", FailureClass.Unknown)]
    [InlineData("{\"success\":true,\"result\":[{\"id\":5}]}", FailureClass.Unknown)]
    [InlineData("{\"success\":true,\"result\":{}}", FailureClass.Unknown)]
    [InlineData("[]", FailureClass.Unknown)]
    [InlineData("{\"success\":false,\"errors\":\"none\"}", FailureClass.Unknown)]
    [InlineData("{\"success\":false,\"errors\":[7,{\"code\":{},\"message\":[]}]}", FailureClass.Unknown)]
    public async Task An_answer_of_another_shape_is_unknown_and_nothing_is_written(string body, FailureClass failureClass)
    {
        var server = new CloudflareServer
        {
            Fault = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) },
        };

        var outcome = await new CloudflareProvider(
            server.Client, new CloudflareSettings(CloudflareServer.Token, CloudflareServer.ZoneId), TimeProvider.System)
            .ApplyAddressesAsync(new AddressChange(Name, [First], null, Ttl), CancellationToken.None);

        Assert.Equal(failureClass, outcome.FailureOrNull?.Class);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_wrong_token_says_what_it_needs()
    {
        var outcome = await new CloudflareProvider(
            new CloudflareServer().Client, new CloudflareSettings("wrong"), TimeProvider.System)
            .ApplyAddressesAsync(new AddressChange(Name, [First], null, Ttl), CancellationToken.None);

        Assert.Equal(FailureClass.Auth, outcome.FailureOrNull?.Class);
        Assert.Contains("DNS:Edit", outcome.FailureOrNull!.Advice, StringComparison.Ordinal);
    }

    private static CloudflareProvider Provider(CloudflareServer server) =>
        new(server.Client, new CloudflareSettings(CloudflareServer.Token), TimeProvider.System);

    private static IEnumerable<string> Shown(CloudflareServer server) =>
        server.Records.Select(record => $"{record["type"]} {record["content"]} {record["ttl"]}").Order(StringComparer.Ordinal);
}
