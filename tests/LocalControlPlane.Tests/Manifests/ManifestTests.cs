using LocalControlPlane.Manifests;
using LocalControlPlane.Tests.Serving;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Files;
using TestSupport.Time;
using TestSupport.Waiting;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Manifests;

public sealed class ManifestTests : IAsyncLifetime, IDisposable
{
    private const string Namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: vpn}\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new("manifests");
    private readonly ManualTime _clock = new(DateTimeOffset.UtcNow);
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_stands_in_the_files_is_stored_whatever_their_order()
    {
        _folder.Write("a.yaml", Widget("w", space: "vpn", size: 1) + "---\n" + Widget("x", space: "vpn", size: 2));
        _folder.Write("z.yaml", Namespace);

        Assert.True(await Applier().ApplyAsync());
        Assert.Equal("2", (await _api.GetAsync("/apis/example.test/v1/namespaces/vpn/widgets/x")).Body.Text("spec", "size"));
    }

    [Fact]
    public async Task What_no_file_names_any_more_is_deleted_and_what_never_came_from_one_stays()
    {
        await _api.CreateAsync(WidgetPath(), ApiUnderTest.Widget("mine"));
        _folder.Write("w.yaml", Widget("w", size: 1));
        await Applier().ApplyAsync();
        File.Delete(_folder.File("w.yaml"));
        _folder.Write("v.yaml", Widget("v", size: 1));

        await Applier().ApplyAsync();

        Assert.Equal(404, (await _api.GetAsync(WidgetPath("w"))).Code);
        Assert.Equal(200, (await _api.GetAsync(WidgetPath("v"))).Code);
        Assert.Equal(200, (await _api.GetAsync(WidgetPath("mine"))).Code);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_deletes_nothing()
    {
        _folder.Write("w.yaml", Widget("w", size: 1));
        await Applier().ApplyAsync();
        _folder.Write("w.yaml", "kind: [");

        Assert.False(await Applier().ApplyAsync());
        Assert.Equal(200, (await _api.GetAsync(WidgetPath("w"))).Code);
    }

    [Fact]
    public async Task An_object_that_is_refused_is_not_deleted_and_holds_up_no_other()
    {
        _folder.Write("a.yaml", Widget("a", size: 1));
        await Applier().ApplyAsync();
        _folder.Write("a.yaml", Widget("a", size: 1000));
        _folder.Write("b.yaml", Widget("b", size: 1));

        Assert.False(await Applier().ApplyAsync());
        Assert.Equal("1", (await _api.GetAsync(WidgetPath("a"))).Body.Text("spec", "size"));
        Assert.Equal(200, (await _api.GetAsync(WidgetPath("b"))).Code);
    }

    [Fact]
    public async Task A_changed_file_is_seen_and_what_was_changed_by_hand_is_put_back()
    {
        using var stopping = new CancellationTokenSource();
        _folder.Write("w.yaml", Widget("w", size: 1));
        var running = Applier().RunAsync(stopping.Token);
        await SizeAsync("1");

        _folder.Write("w.yaml", Widget("w", size: 22));
        await SizeAsync("22");
        await _api.MergeAsync(WidgetPath("w"), """{"spec":{"size":3}}""");
        await SizeAsync("22");

        await stopping.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await running;
    }

    [Fact]
    public async Task A_kustomize_folder_gives_its_namespace_to_what_it_lists()
    {
        _folder.Write("kustomization.yaml", "kind: Kustomization\nnamespace: vpn\nresources: [namespace.yaml, w.yaml]\n");
        _folder.Write("namespace.yaml", Namespace);
        _folder.Write("w.yaml", Widget("w", size: 1));
        _folder.Write("unlisted.yaml", Widget("u", size: 1));

        Assert.True(await Applier().ApplyAsync());
        Assert.Equal(200, (await _api.GetAsync("/apis/example.test/v1/namespaces/vpn/widgets/w")).Code);
        Assert.Equal(404, (await _api.GetAsync(WidgetPath("u"))).Code);
    }

    [Theory]
    [InlineData("kustomization.yaml", "namePrefix: x-\nresources: []\n", "namePrefix needs kustomize itself")]
    [InlineData("kustomization.yaml", "resources: [https://example.test/base]\n", "only files and folders of this host are read")]
    [InlineData("a.yaml", "kind: Widget\n", "without apiVersion, kind and metadata.name")]
    [InlineData("a.yaml", "a: [\n", "line 2")]
    public void A_mistake_is_told_with_its_file(string file, string content, string message)
    {
        _folder.Write(file, content);

        var problem = Assert.Throws<ManifestException>(() => new ManifestFolder(_folder.Path).Read());
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_object_in_two_files_is_a_mistake()
    {
        _folder.Write("a.yaml", Widget("w", size: 1));
        _folder.Write("b.yaml", Widget("w", size: 2));

        Assert.Contains(
            "keep one of them", Assert.Throws<ManifestException>(() => new ManifestFolder(_folder.Path).Read()).Message,
            StringComparison.Ordinal);
    }

    /// <summary>As in a mounted ConfigMap, or where a checkout is linked to.</summary>
    [Fact]
    public void A_change_behind_a_link_is_noticed_and_a_link_to_nowhere_is_no_obstacle()
    {
        using var elsewhere = new TemporaryFolder("linked-manifests");
        var file = elsewhere.Write("w.yaml", Widget("w", size: 1));
        File.CreateSymbolicLink(_folder.File("w.yaml"), file);
        File.CreateSymbolicLink(_folder.File("nowhere.txt"), elsewhere.File("nothing"));
        File.CreateSymbolicLink(_folder.File("circle.txt"), _folder.File("circle.txt"));
        var folder = new ManifestFolder(_folder.Path);
        var before = folder.Stamp();
        Assert.Equal(before, folder.Stamp());

        File.WriteAllText(file, Widget("w", size: 10));

        Assert.NotEqual(before, folder.Stamp());
    }

    [Fact]
    public void The_examples_can_be_read()
    {
        Assert.NotEmpty(new ManifestFolder(Path.Combine(Repository.Root, "examples/home-office")).Read());
    }

    private static string Widget(string name, int size, string? space = null) =>
        $"apiVersion: example.test/v1\nkind: Widget\nmetadata:\n  name: {name}\n"
        + $"{(space is null ? "" : $"  namespace: {space}\n")}spec:\n  size: {size}\n";

    private ManifestApplier Applier() => new(_api.Plane, new ManifestFolder(_folder.Path), _clock, NullLogger.Instance);

    private Task SizeAsync(string size) => Eventually.TrueAsync($"size {size}", Patience, async () =>
    {
        // Virtual minutes pass while the test looks.
        _clock.Advance(TimeSpan.FromSeconds(10));
        return (await _api.GetAsync(WidgetPath("w"))).Body.Text("spec", "size") == size;
    });
}
