using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Dyndns2;
using Operator.Dns.Providers.Http;
using Operator.Dns.Providers.Templates;

namespace Operator.Tests.Dns.Providers;

/// <summary>Every preset: the request it makes, and the class of every answer that its entry quotes.</summary>
public sealed class PresetTests
{
    private static readonly DomainName Name = DomainName.Parse("vpn.example.com");
    private static readonly IPAddress V4 = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress V6 = IPAddress.Parse("2001:db8::1");

    public static TheoryData<string> Names => [.. PresetFile.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Renders_the_request_that_its_entry_quotes(string name)
    {
        var preset = PresetFile.All[name];
        var settings = Account(preset);
        var both = settings.Families is FamilyMode.Together or FamilyMode.AlwaysBoth;

        using var request = new TemplateProvider(new HttpClient(), settings, TimeProvider.System)
            .Render(Name, V4, both ? V6 : null);

        Assert.Equal(preset.SampleUrl, request.RequestUri!.OriginalString);
        Assert.Equal("https", request.RequestUri.Scheme);
        Assert.Equal(settings.BasicAuthentication, request.Headers.Authorization is not null);
        Assert.NotEqual(
            settings.BasicAuthentication, request.RequestUri.OriginalString.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Puts_each_answer_that_its_entry_quotes_into_its_class(string name)
    {
        var preset = PresetFile.All[name];
        Assert.True(Uri.TryCreate(preset.Source.Split(' ')[0], UriKind.Absolute, out _), "an entry says where it can be checked");
        Assert.NotEmpty(preset.Samples);

        foreach (var sample in preset.Samples)
        {
            var service = new ScriptedService().Answer(sample.Body, sample.Status);
            var provider = new TemplateProvider(service.Client, Account(preset), TimeProvider.System);

            var outcome = await provider.ApplyAddressesAsync(
                new AddressChange(Name, [V4], null, TimeSpan.FromSeconds(60)), CancellationToken.None);

            Assert.True(Meaning(outcome) == sample.Means, $"{name}: {sample.Status} \"{sample.Body}\" became {outcome}");
            Assert.Equal(ServiceClient.UserAgent, Assert.Single(service.Requests).UserAgent);
        }
    }

    [Fact]
    public void The_names_that_people_know_are_there()
    {
        Assert.Superset(
            new HashSet<string>(["noip", "dyn", "he", "dynu", "ovh", "freedns", "namecheap", "desec", "strato"]),
            PresetFile.All.Keys.ToHashSet());
    }

    [Fact]
    public async Task Hurricane_electric_gets_the_host_as_user()
    {
        var service = new ScriptedService().Answer("good 192.0.2.1");
        var provider = new TemplateProvider(service.Client, Account(PresetFile.All["he"]), TimeProvider.System);

        await provider.ApplyAddressesAsync(new AddressChange(Name, [V4], null, TimeSpan.FromSeconds(60)), CancellationToken.None);

        var sent = Convert.FromBase64String(service.Requests[0].Authorization!["Basic ".Length..]);
        Assert.Equal("vpn.example.com:secret", System.Text.Encoding.UTF8.GetString(sent));
    }

    [Fact]
    public async Task Families_that_go_apart_are_two_requests_and_the_second_is_not_sent_after_a_failure()
    {
        var change = new AddressChange(Name, [V4], [V6], TimeSpan.FromSeconds(60));
        var good = new ScriptedService().Answer("good 192.0.2.1").Answer("nochg 2001:db8::1");
        var bad = new ScriptedService().Answer("badauth");

        var applied = await new TemplateProvider(good.Client, Account(PresetFile.All["joker"]), TimeProvider.System)
            .ApplyAddressesAsync(change, CancellationToken.None);
        var failed = await new TemplateProvider(bad.Client, Account(PresetFile.All["joker"]), TimeProvider.System)
            .ApplyAddressesAsync(change, CancellationToken.None);

        Assert.IsType<ProviderOutcome.Applied>(applied);
        Assert.Equal(2, good.Requests.Count);
        Assert.Equal(FailureClass.Auth, failed.FailureOrNull?.Class);
        Assert.Single(bad.Requests);
    }

    private static TemplateSettings Account(Preset preset) =>
        preset.Template with { User = "user", Password = "secret", Zone = DomainName.Parse("example.com") };

    private static string Meaning(ProviderOutcome outcome) => outcome.FailureOrNull?.Class.ToString() ?? outcome.GetType().Name;
}
