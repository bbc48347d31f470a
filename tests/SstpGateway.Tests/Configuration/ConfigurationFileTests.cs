using GatewayConfig;
using PrometheusText;
using SstpGateway.Configuration;
using SstpGateway.Metrics;
using SstpGateway.Tests.Dns.Support;
using SstpGateway.Tests.Support;
using TestSupport.Time;

namespace SstpGateway.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly RecordingLogger<RunningConfiguration> log = new();
    private readonly GatewayMetrics metrics;
    private readonly PrometheusExporter exporter;

    public ConfigurationFileTests() => metrics = TestMeters.NewMetrics(out exporter);

    [Fact]
    public void Does_not_open_a_file_with_mistakes_and_names_them_all()
    {
        folder.Write("gateway.yaml", "limits: {calls: 0}\nnetwork: {mtu: 1}\n");

        var refusal = Assert.Throws<ConfigurationException>(Open);

        Assert.Equal(
            $"{folder.File("gateway.yaml")} cannot be used:\n  line 1, limits.calls: is 0; give 1 to 100000\n"
            + "  line 2, network.mtu: is 1; give 1280 to 4087",
            refusal.Message);
        Assert.Equal(2, refusal.Errors.Count);
    }

    [Fact]
    public void Does_not_open_a_file_that_is_not_there() => Assert.Throws<FileNotFoundException>(Open);

    [Fact]
    public void Publishes_a_changed_file()
    {
        var file = Open("limits: {calls: 10}");
        var changes = new List<(int Before, int After)>();
        file.Running.Changed += change => changes.Add((change.Previous.Limits.Calls, change.Current.Limits.Calls));

        folder.Write("gateway.yaml", "limits: {calls: 20}");
        file.File.LookAt(Look.Routine);
        file.File.LookAt(Look.Routine);

        Assert.Equal([(10, 20)], changes);
        Assert.Equal(20, file.Running.Current.Limits.Calls);
        Assert.Equal([1000, 1000], log.Lines.Select(line => line.Id));
    }

    [Fact]
    public void Keeps_the_old_one_with_a_line_and_a_metric_when_the_new_one_has_mistakes()
    {
        var file = Open("limits: {calls: 10}");

        folder.Write("gateway.yaml", "limits: {calls: 0}");
        file.File.LookAt(Look.Routine);
        file.File.LookAt(Look.Routine);
        file.File.LookAt(Look.Routine);

        Assert.Equal(10, file.Running.Current.Limits.Calls);
        Assert.Equal("line 1, limits.calls: is 0; give 1 to 100000", Mistakes(file));
        Assert.Single(log.Lines, line => line.Id == 1001);
        Assert.Contains(
            "\nsstp_gateway_configuration_loads_total{result=\"refused\"} 1\n", exporter.Scrape(), StringComparison.Ordinal);
        Assert.Contains("\nsstp_gateway_configuration_current 0\n", exporter.Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_complain_of_a_file_that_is_being_written()
    {
        var file = Open("limits: {calls: 10}");

        folder.Write("gateway.yaml", "limits: {calls: ");
        file.File.LookAt(Look.Routine);
        folder.Write("gateway.yaml", "limits: {calls: 30}");
        file.File.LookAt(Look.Routine);

        Assert.Equal(30, file.Running.Current.Limits.Calls);
        Assert.DoesNotContain(log.Lines, line => line.Id == 1001);
    }

    [Fact]
    public void Says_that_the_file_is_in_order_again_when_the_old_text_comes_back()
    {
        var file = Open("limits: {calls: 10}");
        folder.Write("gateway.yaml", "nonsense: 1");
        file.File.Reload();

        folder.Write("gateway.yaml", "limits: {calls: 10}");
        file.File.Reload();

        Assert.Null(file.Running.Refused);
        Assert.Equal([1000, 1001, 1003], log.Lines.Select(line => line.Id));
        Assert.Contains("\nsstp_gateway_configuration_current 1\n", exporter.Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_on_without_the_file()
    {
        var file = Open("limits: {calls: 10}");

        File.Delete(folder.File("gateway.yaml"));
        file.File.Reload();

        Assert.Equal(10, file.Running.Current.Limits.Calls);
        Assert.Contains("cannot be read", Mistakes(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_what_is_fixed_at_the_start_and_says_so()
    {
        var file = Open("network: {mtu: 1400}\nlimits: {calls: 10}");

        folder.Write("gateway.yaml", "network: {mtu: 1300, masquerade: false}\nlimits: {calls: 11}\nadmin: {listen: null}");
        file.File.LookAt(Look.Routine);

        Assert.Equal(
            (1400, false, 11),
            (file.Running.Current.Network.Mtu, file.Running.Current.Network.Masquerade, file.Running.Current.Limits.Calls));
        Assert.NotNull(file.Running.Current.Admin.Listen);
        var fields = log.Lines.Where(line => line.Id == 1002).Select(line => line.Text.Split(": ")[1].Split(' ')[0]);
        Assert.Equal(["network.mtu", "admin.listen"], fields);
    }

    [Fact]
    public void Tells_every_follower_even_when_one_fails()
    {
        var file = Open("limits: {calls: 10}");
        GatewayConfiguration? seen = null;
        file.Running.Changed += _ => throw new InvalidOperationException("broken");
        file.Running.Changed += change => seen = change.Current;

        folder.Write("gateway.yaml", "limits: {calls: 11}");
        file.File.LookAt(Look.Routine);

        Assert.Equal(11, seen?.Limits.Calls);
        Assert.Single(log.Lines, line => line.Id == 1004);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_what_to_do()
    {
        var refusal = Assert.Throws<FileNotFoundException>(() => Open());

        Assert.Equal(
            $"there is no configuration {folder.File("gateway.yaml")}; name one with --config. "
            + "One to start from is deploy/systemd/gateway.yaml",
            refusal.Message);
    }

    public void Dispose()
    {
        exporter.Dispose();
        folder.Dispose();
    }

    private static string Mistakes(ConfigurationSources file) =>
        string.Join("; ", file.Running.Refused!.Mistakes.Select(
            mistake => new ConfigurationError(mistake.Path, mistake.Message, mistake.Line)));

    private ConfigurationSources Open(string text)
    {
        folder.Write("gateway.yaml", text);
        return Open();
    }

    private ConfigurationSources Open() =>
        ConfigurationSources.Open(folder.File("gateway.yaml"), folder.File("state"), new ManualTime(), metrics, log);
}
