using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Http;
using Operator.Dns.Providers.Templates;

namespace Operator.Tests.Dns.Providers;

public sealed class TemplateProviderTests
{
    private static readonly AddressChange Change =
        new(DomainName.Parse("vpn.example.com"), [IPAddress.Parse("192.0.2.1")], null, TimeSpan.FromSeconds(60));
    private static readonly TemplateSettings Dyndns2 =
        new("https://dns.example/nic/update?hostname={hostname}&myip={ip}") { User = "user", Password = "s3cret/word" };

    [Theory]
    [InlineData("?h={hostname}[&ip={ipv4}][&ip6={ipv6}]", "?h=vpn.example.com&ip=192.0.2.1")]
    [InlineData("?p={password}", "?p=s3cret%2Fword")]
    [InlineData("?h={host}&z={zone}", "?h=vpn&z=example.com")]
    // as the field's documentation names them
    [InlineData("?h={fqdn}&u={username}&t={ttl}&a={ipv4}[&b={ipv6}]", "?h=vpn.example.com&u=user&t=60&a=192.0.2.1")]
    public void Places_are_filled_in_and_what_is_missing_takes_its_brackets_along(string template, string expected)
    {
        using var request = new TemplateProvider(
            new HttpClient(), Dyndns2 with { Url = "https://dns.example/" + template }, TimeProvider.System)
            .Render(Change.Name, IPAddress.Parse("192.0.2.1"), null, Change.TimeToLive);

        Assert.Equal("https://dns.example/" + expected, request.RequestUri!.OriginalString);
    }

    [Theory]
    [InlineData("https://dns.example/{nothing}")]
    [InlineData("https://dns.example/{hostname")]
    [InlineData("https://dns.example/[{ipv4}")]
    public async Task A_template_that_cannot_be_filled_in_is_a_mistake_of_the_specification_and_sends_nothing(string template)
    {
        var service = new ScriptedService();
        var provider = new TemplateProvider(service.Client, Dyndns2 with { Url = template }, TimeProvider.System);

        Assert.Throws<FormatException>(() => provider.Render(Change.Name, IPAddress.Loopback, null));
        Assert.Equal(
            FailureClass.Config, (await provider.ApplyAddressesAsync(Change, CancellationToken.None)).FailureOrNull?.Class);
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("GOOD 192.0.2.1\r\n", "Applied")]
    [InlineData("\uFEFFgood", "Applied")]
    [InlineData("\n\n  nochg\n", "Unchanged")]
    [InlineData("goodbye", "Unknown")]
    [InlineData("<html><body>good</body></html>", "Unknown")]
    [InlineData("w15m", "Transient")]
    [InlineData("w0m", "Unknown")]
    [InlineData("wxm", "Unknown")]
    public async Task Only_the_first_word_of_a_dyndns2_answer_counts(string body, string means)
    {
        var outcome = await new TemplateProvider(new ScriptedService().Answer(body).Client, Dyndns2, TimeProvider.System)
            .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(means, outcome.FailureOrNull?.Class.ToString() ?? outcome.GetType().Name);
    }

    [Fact]
    public async Task Good_with_an_error_status_is_no_success()
    {
        var outcome = await new TemplateProvider(new ScriptedService().Answer("good", 500).Client, Dyndns2, TimeProvider.System)
            .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(FailureClass.Transient, outcome.FailureOrNull?.Class);
    }

    [Fact]
    public async Task The_wait_that_a_service_asks_for_is_passed_on()
    {
        async Task<TimeSpan?> Wait(ScriptedService service) =>
            (await new TemplateProvider(service.Client, Dyndns2, TimeProvider.System)
                .ApplyAddressesAsync(Change, CancellationToken.None)).FailureOrNull?.RetryAfter;

        Assert.Equal(TimeSpan.FromMinutes(15), await Wait(new ScriptedService().Answer("w15m")));
        Assert.Equal(TimeSpan.FromMinutes(30), await Wait(new ScriptedService().Answer("911")));
        Assert.Equal(TimeSpan.FromSeconds(77), await Wait(new ScriptedService().Answer("slow down", 429, ("Retry-After", "77"))));
    }

    [Fact]
    public async Task A_secret_that_the_service_repeats_is_blotted_out()
    {
        var service = new ScriptedService().Answer("no user user with s3cret/word or s3cret%2Fword here", 403);

        var outcome = await new TemplateProvider(service.Client, Dyndns2, TimeProvider.System)
            .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal("HTTP 403: no user user with *** or *** here", outcome.FailureOrNull?.Words);
        Assert.DoesNotContain("s3cret", outcome.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", Dyndns2.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_fails_is_a_value_and_one_request()
    {
        var service = new ScriptedService().Fail("no route");

        var outcome = await new TemplateProvider(service.Client, Dyndns2, TimeProvider.System)
            .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(FailureClass.Transient, outcome.FailureOrNull?.Class);
        Assert.Contains("no route", outcome.FailureOrNull!.Words, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_and_its_words_are_few()
    {
        var service = new ScriptedService().Answer(new string('x', 10_000_000));

        var outcome = await new TemplateProvider(service.Client, Dyndns2, TimeProvider.System)
            .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(ProviderFailure.MaxWords, outcome.FailureOrNull?.Words.Length);
    }

    [Fact]
    public async Task The_users_own_patterns_decide_in_their_order()
    {
        var settings = Dyndns2 with
        {
            Grammar = AnswerGrammar.Patterns,
            Rules =
            [
                AnswerRule.Create(AnswerMeaning.Config, "not your domain"),
                AnswerRule.Create(AnswerMeaning.Applied, "domain"),
                AnswerRule.Create(AnswerMeaning.Unchanged, "(a+)+$"),
            ],
        };

        async Task<ProviderOutcome> Outcome(string body) =>
            await new TemplateProvider(new ScriptedService().Answer(body).Client, settings, TimeProvider.System)
                .ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(FailureClass.Config, (await Outcome("not your domain")).FailureOrNull?.Class);
        Assert.IsType<ProviderOutcome.Applied>(await Outcome("domain updated"));

        // A pattern that takes exponential time on this answer is given up, and the answer is unknown.
        Assert.Equal(FailureClass.Unknown, (await Outcome(new string('a', 60) + "!")).FailureOrNull?.Class);
    }

    [Theory]
    [InlineData("a\u0000b\u001b[31mc\r\nd", "a b [31mc d")]
    [InlineData("  many   blanks ", "many blanks")]
    public void Words_become_one_printable_line(string words, string shown)
    {
        Assert.Equal(shown, SafeWords.From(words, []));
    }
}
