using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using KubeApi.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Gateways;
using Operator.Gateways.Channel;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Tests.Reconciling;
using TestSupport.Time;
using TestSupport.Waiting;

namespace Operator.Tests.Gateways;

/// <summary>The Secret for Prometheus, on an API in memory and a clock of the test's own.</summary>
public sealed class MetricsClientTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Path = "/api/v1/namespaces/operator/secrets/prometheus";

    private readonly ManualTime _time = new();
    private CancellationTokenSource _stopping = new();
    private readonly InMemoryApi _api;
    private readonly KubeClient _client;
    private readonly ChannelSecrets _channel;
    private readonly MetricsClientController _controller;
    private Task _running = Task.CompletedTask;

    public MetricsClientTests()
    {
        _api = new InMemoryApi(_time);
        _client = _api.NewClient();
        var options = new OperatorOptions { OwnNamespace = "operator", MetricsClientSecret = "prometheus" };
        _channel = new ChannelSecrets(
            _client, new SecretStore(_client, new Watches(_client, [], _time, NullLogger<Watches>.Instance)),
            options, _time, NullLogger<ChannelSecrets>.Instance);
        _controller = new MetricsClientController(
            _channel, _client, options, _time, NullLogger<MetricsClientController>.Instance);
    }

    [Fact]
    public async Task It_holds_a_client_certificate_for_metrics_and_whom_to_believe()
    {
        await StartAsync();

        using var certificate = X509Certificate2.CreateFromPem(Text("tls.crt")!, Text("tls.key")!);
        Assert.True(certificate.MatchesHostname(MetricsClient.Name, allowWildcards: false, allowCommonName: false));
        Assert.False(certificate.MatchesHostname(ChannelNames.Operator));
        Assert.Equal((await _channel.AuthorityAsync(CancellationToken.None)).TrustBundle, Text("ca.crt"));
        Assert.Equal("kubernetes.io/tls", (string?)_api.Find(Path)!["type"]);
    }

    [Fact]
    public async Task What_all_gateways_are_called_is_in_the_certificate_of_each()
    {
        var authority = await _channel.AuthorityAsync(CancellationToken.None);

        using var gateway = X509Certificate2.CreateFromPem(
            authority.IssueGateway("home.vpn.vpngateway.internal", _time.GetUtcNow()).Chain);

        Assert.True(gateway.MatchesHostname(ChannelNames.AnyGateway, allowWildcards: false, allowCommonName: false));
    }

    [Fact]
    public async Task It_is_renewed_after_two_thirds_of_its_life_and_not_before()
    {
        await StartAsync();
        var first = Text("tls.crt");

        await LookAfterAsync(TimeSpan.FromDays(59));
        Assert.Equal(first, Text("tls.crt"));
        await LookAfterAsync(TimeSpan.FromDays(2));
        Assert.NotEqual(first, Text("tls.crt"));

        using var certificate = X509Certificate2.CreateFromPem(Text("tls.crt")!, Text("tls.key")!);
        Assert.True(certificate.NotAfter.ToUniversalTime() > _time.GetUtcNow().AddDays(89));
    }

    [Fact]
    public async Task It_comes_back_when_it_is_deleted_or_spoilt()
    {
        await StartAsync();

        _api.Delete(Path);
        await AdvanceAsync(MetricsClientController.Interval);
        await Eventually.TrueAsync("it to be back", TimeSpan.FromSeconds(30), () => Task.FromResult(_api.Find(Path) is not null));

        _api.Change(Path, secret => secret["data"]!["ca.crt"] = "");
        await AdvanceAsync(MetricsClientController.Interval);
        await Eventually.TrueAsync(
            "whom to believe to be back", TimeSpan.FromSeconds(30), () => Task.FromResult(Text("ca.crt") is { Length: > 0 }));
    }

    [Fact]
    public async Task Somebody_elses_Secret_of_that_name_is_left_alone()
    {
        _api.Put(Path, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = "prometheus",
                ["namespace"] = "operator",
                ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "sstp-operator" },
            },
            ["data"] = new JsonObject { ["theirs"] = "AA==" },
        });

        Begin();
        await AdvanceAsync(MetricsClientController.Interval);
        await AdvanceAsync(MetricsClientController.Interval);

        Assert.Equal("AA==", (string?)_api.Find(Path)!["data"]!["theirs"]);
        Assert.Null(Text("tls.crt"));
    }

    // xUnit 2 calls these two, and passes IAsyncDisposable by.
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _channel.Dispose();
        _client.Dispose();
        _api.Dispose();
        _stopping.Dispose();
    }

    private void Begin() => _running = _controller.RunAsync(_stopping.Token);

    private async Task StartAsync()
    {
        Begin();
        await Eventually.TrueAsync("the Secret", TimeSpan.FromSeconds(30), () => Task.FromResult(_api.Find(Path) is not null));
    }

    /// <summary>As another replica that leads after such a time, without a look a minute in between.</summary>
    private async Task LookAfterAsync(TimeSpan time)
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        _time.Advance(time);
        var looks = Looks;
        Begin();
        await Eventually.TrueAsync(
            "a look", TimeSpan.FromSeconds(30), () => Task.FromResult(Looks > looks && _time.TimerCount > 0));
    }

    /// <summary>Lets time pass once the controller waits for it, and comes back when it has looked and waits again.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        await WaitsAsync();
        var looks = Looks;
        _time.Advance(by);
        await Eventually.TrueAsync("another look", TimeSpan.FromSeconds(30), () => Task.FromResult(Looks > looks));
        await WaitsAsync();

        Task WaitsAsync() =>
            Eventually.TrueAsync("the controller to wait", TimeSpan.FromSeconds(30), () => Task.FromResult(_time.TimerCount > 0));
    }

    private int Looks => _api.Requests.Count(request => request == $"GET {Path}");

    private string? Text(string key) =>
        (string?)_api.Find(Path)?["data"]?[key] is { } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;
}
