using System.Text.Json.Nodes;
using KubeApi.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Gateways;
using Operator.Gateways.Planning;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.VpnGateways;
using Operator.Tests.Reconciling;
using TestSupport.Waiting;

namespace Operator.Tests.Gateways;

public sealed class GatewayApplierTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Path = "/api/v1/namespaces/ns/configmaps/home-profiles";

    private readonly GatewayWorld _world = new();
    private readonly InMemoryApi _api;
    private readonly GatewayApplier _applier;
    private readonly ControllerTest.RecordedEvents _events = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watching;

    public GatewayApplierTests()
    {
        _api = _world.Api;
        _applier = new GatewayApplier(
            _world.Client, _world.Caches, _world.Secrets, _world.Fleet, _events, NullLogger<GatewayApplier>.Instance);
        _world.PutGateway("home", []);
        _watching = _world.Watches.RunAsync(_stopping.Token);
    }

    // xUnit 2 calls these two, and passes IAsyncDisposable by.
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _world.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task What_is_as_wanted_is_left_alone()
    {
        await ApplyAsync("a");
        await UntilSeenAsync("a");

        await ApplyAsync("a");
        await ApplyAsync("a");

        Assert.Equal([$"PATCH {Path}"], _api.Writes);
        Assert.Empty(_events.All);
    }

    [Fact]
    public async Task What_somebody_else_changed_is_set_back_and_told()
    {
        await ApplyAsync("a");
        await UntilSeenAsync("a");
        _api.Change(Path, map => map["data"]!["key"] = "meddled");
        await UntilSeenAsync("meddled");

        await ApplyAsync("a");

        Assert.Equal("a", (string?)_api.Find(Path)!["data"]!["key"]);
        var told = Assert.Single(_events.All);
        Assert.StartsWith(
            "Warning DriftRepaired: ConfigMap home-profiles was changed by somebody else at .data.key",
            told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_wish_is_no_drift()
    {
        await ApplyAsync("a");
        await UntilSeenAsync("a");

        await ApplyAsync("b");

        Assert.Equal("b", (string?)_api.Find(Path)!["data"]!["key"]);
        Assert.Empty(_events.All);
    }

    [Fact]
    public async Task What_another_controller_owns_is_not_fought_over()
    {
        var foreign = Wanted("theirs");
        foreign["metadata"]!["ownerReferences"]![0]!["uid"] = "uid-other";
        _api.Put(Path, foreign);
        await UntilSeenAsync("theirs");

        var refusal = await Assert.ThrowsAsync<TerminalException>(() => ApplyAsync("a"));

        Assert.Equal("NameTaken", refusal.Reason);
        Assert.Equal("theirs", (string?)_api.Find(Path)!["data"]!["key"]);
    }

    [Fact]
    public async Task What_is_superfluous_goes()
    {
        await ApplyAsync("a");
        await UntilSeenAsync("a");

        await _applier.DeleteAsync(await GatewayAsync(), new GatewayPlan
        {
            Status = new VpnGatewayStatus(), Superfluous = [new OwnedObject("v1", "ConfigMap", "home-profiles")],
        }, CancellationToken.None);

        Assert.Null(_api.Find(Path));
    }

    private async Task ApplyAsync(string value)
    {
        var gateway = await GatewayAsync();
        await _applier.ApplyAsync(
            gateway,
            new GatewayPlan { Status = new VpnGatewayStatus(), Objects = [Wanted(value)] },
            new GatewayFacts
            {
                Gateway = gateway.Value, Now = _world.Time.GetUtcNow(), Settings = new GatewaySettings { Image = "x" },
            },
            CancellationToken.None);
    }

    private async Task<KubeObject<VpnGateway>> GatewayAsync() =>
        (await _world.Client.GetAsync(Kinds.VpnGateways, new("ns", "home"), CancellationToken.None))!;

    private Task UntilSeenAsync(string value) =>
        Eventually.TrueAsync($"the cache to hold {value}", TimeSpan.FromSeconds(30), () => Task.FromResult(
            _world.Caches.Find(BuiltIn.ConfigMaps, new("ns", "home-profiles"))?.Json
                .GetProperty("data").GetProperty("key").GetString() == value));

    private static JsonObject Wanted(string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["name"] = "home-profiles",
            ["namespace"] = "ns",
            ["labels"] = new JsonObject { [GatewayNames.GatewayLabel] = "home" },
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = ApiGroup.ApiVersion,
                ["kind"] = VpnGateway.KindName,
                ["name"] = "home",
                ["uid"] = "uid-home",
                ["controller"] = true,
            }),
        },
        ["data"] = new JsonObject { ["key"] = value },
    };
}
