using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Dyndns2;
using Operator.Dns.Providers.Templates;

namespace Operator.Tests.Dns.Providers;

/// <summary>Updates of several hosts: the request, and whom each shape of answer means.
/// The hosts are a, b and c.example.com.</summary>
public sealed class Dyndns2ListTests
{
    private static readonly AddressChange[] Changes =
        [.. "abc".Select(letter => new AddressChange(
            DomainName.Parse($"{letter}.example.com"), [IPAddress.Parse("192.0.2.1")], null, TimeSpan.FromSeconds(60)))];

    [Theory]

    // A line a host, in order.
    [InlineData("good 192.0.2.1\nnochg 192.0.2.1\ngood 192.0.2.1", "Applied Unchanged Applied")]
    [InlineData("good\r\n\r\nnohost\r\ngood\r\n", "Applied Config Applied")]
    [InlineData("good\nabuse\nnochg", "Applied Abuse Unchanged")]
    [InlineData("good\ndnserr\n911", "Applied Transient ProviderDown")]
    [InlineData("good\nwhatever\n!yours", "Applied Unknown Config")]
    [InlineData("good 127.0.0.1\ngood\ngood", "Abuse Applied Applied")]

    // By name, where all lines say whom they mean.
    [InlineData("nohost c.example.com\ngood a.example.com\nnochg B.example.com", "Applied Unchanged Config")]
    // not all three: by place
    [InlineData("good b.example.com\ngood b.example.com\nnohost a.example.com", "Applied Applied Config")]

    // One for all.
    [InlineData("good 192.0.2.1", "Applied Applied Applied")]
    [InlineData("nochg", "Unchanged Unchanged Unchanged")]
    [InlineData("badauth", "Auth Auth Auth")]
    [InlineData("badauth", "Auth Auth Auth", 401)]
    [InlineData("", "Auth Auth Auth", 401)]
    [InlineData("abuse", "Abuse Abuse Abuse")]
    [InlineData("badagent", "Abuse Abuse Abuse")]
    [InlineData("911", "ProviderDown ProviderDown ProviderDown")]
    [InlineData("dnserr", "Transient Transient Transient")]
    [InlineData("w30m", "Transient Transient Transient")]
    [InlineData("good\ngood\ngood", "Transient Transient Transient", 503)]
    [InlineData("", "Transient Transient Transient", 503)]
    [InlineData("", "Unknown Unknown Unknown")]
    [InlineData("<html>\ngood\nnohost\n</html>", "Unknown Unknown Unknown")]

    // One about some host: which is not said.
    [InlineData("nohost", "- - -")]
    [InlineData("notfqdn", "- - -")]
    [InlineData("numhost", "- - -")]
    [InlineData("!donator", "- - -")]
    [InlineData("", "- - -", 414)]

    // Fewer: the account's or the service's word is said once, for all from there on.
    [InlineData("good\n911", "Applied ProviderDown ProviderDown")]
    [InlineData("nohost\nabuse", "Config Abuse Abuse")]
    [InlineData("good\nnochg", "- - -")]
    [InlineData("good\nnohost", "- - -")]

    // More.
    [InlineData("good\ngood\nnochg\ngood\ngood\ngood", "Applied Applied Applied")]
    [InlineData("good\ngood\nnochg\nnohost", "- - -")]
    [InlineData("good\ngood\ngood\nthank you", "- - -")]
    public async Task An_answer_means_each_host_all_or_nobody(string body, string means, int status = 200)
    {
        var service = new ScriptedService().Answer(body, status);

        var outcomes = await Provider(service).ApplyTogetherAsync([.. Changes], CancellationToken.None);

        Assert.Equal(means, string.Join(' ', outcomes.Select(Meaning)));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_dead_network_fails_all_with_one_request()
    {
        var service = new ScriptedService().Fail("no route");

        var outcomes = await Provider(service).ApplyTogetherAsync([.. Changes], CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal(ServiceOutage.Unreachable, outcome?.FailureOrNull?.Outage));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("dyn", "https://members.dyndns.org/v3/update?hostname=a.example.com,b.example.com,c.example.com&myip=192.0.2.1")]
    [InlineData("noip",
        "https://dynupdate.no-ip.com/nic/update?hostname=a.example.com,b.example.com,c.example.com&myip=192.0.2.1")]
    public async Task The_names_stand_in_one_request_with_commas(string preset, string url)
    {
        var service = new ScriptedService().Answer("good\ngood\ngood");

        await Provider(service, preset).ApplyTogetherAsync([.. Changes], CancellationToken.None);

        Assert.Equal(url, Assert.Single(service.Requests).Url);
    }

    [Fact]
    public async Task Services_that_document_no_lists_get_one_name_a_request()
    {
        Assert.Equal(
            ["dyn", "noip"],
            PresetFile.All.Keys.Where(name => Provider(new ScriptedService(), name).Capabilities.NamesARequest > 1));
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Provider(new ScriptedService(), "ovh").ApplyTogetherAsync([.. Changes], CancellationToken.None));
    }

    private static TemplateProvider Provider(ScriptedService service, string preset = "dyn") =>
        new(service.Client, PresetFile.All[preset].Template with { User = "user", Password = "secret" }, TimeProvider.System);

    private static string Meaning(ProviderOutcome? outcome) =>
        outcome is null ? "-" : outcome.FailureOrNull?.Class.ToString() ?? outcome.GetType().Name;
}
