using GatewayConfig;
using GatewayConfig.Tls;
using PrometheusText;
using SstpGateway.Certificates;
using SstpGateway.Configuration;
using SstpGateway.Metrics;
using SstpGateway.Tests.Dns.Support;
using SstpGateway.Tests.Support;
using TestSupport.Time;

namespace SstpGateway.Tests.Certificates;

public sealed class CertificateStoreTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ManualTime clock = new();
    private readonly RecordingLogger<CertificateStore> log = new();
    private readonly GatewayMetrics metrics;
    private readonly PrometheusExporter exporter;
    private readonly TestAuthority authority;

    public CertificateStoreTests()
    {
        clock.Advance(TimeSpan.FromDays(20_000));
        metrics = TestMeters.NewMetrics(out exporter);
        authority = new TestAuthority(clock.GetUtcNow());
    }

    [Fact]
    public void Serves_a_placeholder_and_says_why_while_no_certificate_is_configured()
    {
        var store = Open("vpn.example.org");

        var placeholder = store.Select("anything");
        Assert.True(placeholder.IsPlaceholder && store.HasOnlyPlaceholder);
        Assert.Equal(["vpn.example.org"], placeholder.Names);
        Assert.Equal(["No certificate is configured (tls.certificates); SSTP is refused until there is one."], store.Obstacles());
        Assert.Equal([1103], log.Lines.Select(line => line.Id));
    }

    [Fact]
    public void Waits_for_configured_files_that_are_not_there_yet_without_calling_them_refused()
    {
        var store = Open("vpn.example.org", "a");
        store.LookAt(Look.Routine);
        store.LookAt(Look.Routine);

        Assert.True(store.HasOnlyPlaceholder);
        Assert.Equal(
            [$"No certificate has been put into {folder.File("a.crt")} yet; "
                + "visitors get a self-signed placeholder until there is one."], store.Obstacles());
        Assert.Empty(store.Refused());
        Assert.Equal([1106, 1103], log.Lines.Select(line => line.Id));
        Assert.DoesNotContain(
            "sstp_gateway_certificate_loads_total{result=\"refused\"}", exporter.Scrape(), StringComparison.Ordinal);

        Write("a", authority.Issue("vpn.example.org"));
        store.LookAt(Look.Routine);

        Assert.False(store.HasOnlyPlaceholder);
        Assert.Empty(store.Obstacles());
    }

    [Fact]
    public void Names_the_file_that_is_missing_beside_the_other()
    {
        folder.Write("a.crt", authority.Issue("vpn.example.org").Pem);

        var store = Open("vpn.example.org", "a");

        Assert.Contains(
            $"{folder.File("a.key")} does not exist", Assert.Single(store.Refused()).Problem, StringComparison.Ordinal);
        Assert.Single(log.Lines, line => line.Id == 1102);
    }

    [Fact]
    public void Goes_on_waiting_while_the_first_pair_is_half_written()
    {
        var issued = authority.Issue("vpn.example.org");
        var store = Open("vpn.example.org", "a");

        folder.Write("a.crt", issued.Pem);
        store.LookAt(Look.Routine);
        Assert.StartsWith("No certificate has been put into", Assert.Single(store.Obstacles()), StringComparison.Ordinal);
        folder.Write("a.key", issued.KeyPem);
        store.LookAt(Look.Routine);

        Assert.Empty(store.Obstacles());
        Assert.DoesNotContain(log.Lines, line => line.Id is 1101 or 1102);
    }

    [Fact]
    public void Keeps_what_it_serves_when_the_files_go_away_and_says_which_is_missing()
    {
        Write("a", authority.Issue("vpn.example.org"));
        var store = Open("vpn.example.org", "a");

        File.Delete(folder.File("a.crt"));
        File.Delete(folder.File("a.key"));
        store.Reload();

        Assert.False(store.HasOnlyPlaceholder);
        Assert.Contains(
            $"{folder.File("a.crt")} does not exist", Assert.Single(store.Refused()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Chooses_by_name_then_by_wildcard_then_the_first()
    {
        Write("first", authority.Issue("vpn.example.org"));
        Write("exact", authority.Issue("a.example.net"));
        Write("wild", authority.Issue("*.example.net"));
        var store = Open("vpn.example.org", "first", "wild", "exact");

        Assert.Equal(["a.example.net"], store.Select("A.example.net").Names);
        Assert.Equal(["*.example.net"], store.Select("b.example.net").Names);
        Assert.Equal(["vpn.example.org"], store.Select("example.net").Names);
        Assert.Equal(["vpn.example.org"], store.Select(null).Names);
        Assert.Equal(["vpn.example.org"], store.Select("").Names);
    }

    [Fact]
    public void Takes_over_replaced_files_and_leaves_what_was_handed_out_alone()
    {
        var before = authority.Issue("vpn.example.org");
        Write("a", before);
        var store = Open("vpn.example.org", "a");
        var ofACall = store.Select(null);
        var after = authority.Issue(new TestLeaf { Names = ["vpn.example.org"], RsaBits = 2048 });

        Write("a", after);
        store.LookAt(Look.Routine);

        Assert.Equal(after.Sha256, store.Select(null).Digests.Sha256);
        Assert.Equal(before.Sha256, ofACall.Digests.Sha256);
    }

    [Fact]
    public void Follows_the_links_of_a_mounted_secret_when_they_are_swapped()
    {
        // As the kubelet lays a Secret out: name -> ..data/name, ..data -> a folder with a time in its name.
        var before = authority.Issue("vpn.example.org");
        var after = authority.Issue("vpn.example.org");
        Lay("..1", before);
        Lay("..2", after);
        Directory.CreateSymbolicLink(folder.File("..data"), "..1");
        File.CreateSymbolicLink(folder.File("a.crt"), "..data/a.crt");
        File.CreateSymbolicLink(folder.File("a.key"), "..data/a.key");
        var store = Open("vpn.example.org", "a");

        Directory.CreateSymbolicLink(folder.File("..data_tmp"), "..2");
        Directory.Move(folder.File("..data_tmp"), folder.File("..data_new"));
        File.Delete(folder.File("..data"));
        Directory.Move(folder.File("..data_new"), folder.File("..data"));
        store.LookAt(Look.Routine);

        Assert.Equal(after.Sha256, store.Select(null).Digests.Sha256);
    }

    [Fact]
    public void Keeps_the_old_one_with_a_line_and_a_count_when_the_new_one_is_not_fit()
    {
        Write("a", authority.Issue("vpn.example.org"));
        var store = Open("vpn.example.org", "a");
        var before = store.Select(null);

        Write("a", authority.Issue("other.example"));
        store.LookAt(Look.Routine);
        store.LookAt(Look.Routine);
        store.LookAt(Look.Routine);

        Assert.Same(before, store.Select(null));
        var line = Assert.Single(log.Lines, line => line.Id == 1101).Text;
        Assert.Contains("it is for other.example and not for hostname vpn.example.org", line, StringComparison.Ordinal);
        Assert.Contains(
            "sstp_gateway_certificate_loads_total{result=\"accepted\"} 1\n"
            + "sstp_gateway_certificate_loads_total{result=\"refused\"} 1\n",
            exporter.Scrape(), StringComparison.Ordinal);
        Assert.Empty(store.Obstacles());
    }

    [Fact]
    public void Does_not_complain_of_files_that_are_being_replaced()
    {
        Write("a", authority.Issue("vpn.example.org"));
        var store = Open("vpn.example.org", "a");
        var after = authority.Issue("vpn.example.org");

        folder.Write("a.crt", after.Pem);
        store.LookAt(Look.Routine);
        folder.Write("a.key", after.KeyPem);
        store.LookAt(Look.Routine);

        Assert.Equal(after.Sha256, store.Select(null).Digests.Sha256);
        Assert.DoesNotContain(log.Lines, line => line.Id is 1101 or 1102);
    }

    [Fact]
    public void Takes_a_fault_for_a_fault_at_once_when_told_to_reload()
    {
        Write("a", authority.Issue("vpn.example.org"));
        var store = Open("vpn.example.org", "a");

        folder.Write("a.key", "");
        store.Reload();

        Assert.Single(log.Lines, line => line.Id == 1101);
    }

    [Fact]
    public void Is_content_again_when_the_old_files_come_back()
    {
        var issued = authority.Issue("vpn.example.org");
        Write("a", issued);
        var store = Open("vpn.example.org", "a");
        folder.Write("a.key", "");
        store.Reload();

        folder.Write("a.key", issued.KeyPem);
        store.Reload();
        folder.Write("a.key", "");
        store.Reload();

        Assert.Equal(2, log.Lines.Count(line => line.Id == 1101));
    }

    [Fact]
    public void Asks_only_of_the_first_certificate_that_it_covers_the_host_name()
    {
        Write("a", authority.Issue("vpn.example.org"));
        Write("b", authority.Issue("other.example"));

        Open("vpn.example.org", "a", "b");
        Assert.DoesNotContain(log.Lines, line => line.Id is 1101 or 1102);

        Open("vpn.example.org", "b", "a");
        Assert.Single(log.Lines, line => line.Id == 1102);
    }

    [Fact]
    public void Follows_a_new_configuration_and_keeps_what_stays()
    {
        Write("a", authority.Issue("vpn.example.org"));
        Write("b", authority.Issue("other.example"));
        var store = Open("vpn.example.org", "a", "b");
        var kept = store.Select("vpn.example.org");

        store.Apply(Configuration("vpn.example.org", "a"));

        Assert.Same(kept, store.Select("other.example"));
        store.Apply(Configuration("vpn.example.org"));
        Assert.True(store.HasOnlyPlaceholder);
    }

    [Fact]
    public void Makes_the_placeholder_out_to_a_new_host_name()
    {
        var store = Open("a.example");

        store.Apply(Configuration("b.example"));

        Assert.Equal(["b.example"], store.Select(null).Names);
    }

    [Fact]
    public void Warns_once_before_a_certificate_expires_and_once_after()
    {
        Write("a", authority.Issue("vpn.example.org"));
        var store = Open("vpn.example.org", "a");

        clock.Advance(TimeSpan.FromDays(80));
        store.LookAt(Look.Routine);
        Assert.DoesNotContain(log.Lines, line => line.Id == 1104);
        clock.Advance(TimeSpan.FromDays(1));
        store.LookAt(Look.Routine);
        store.LookAt(Look.Routine);
        clock.Advance(TimeSpan.FromDays(9));
        store.LookAt(Look.Routine);
        store.LookAt(Look.Routine);

        Assert.Single(log.Lines, line => line.Id == 1104);
        Assert.Single(log.Lines, line => line.Id == 1105);
        Assert.False(store.HasOnlyPlaceholder);
    }

    [Fact]
    public void Shows_when_the_first_certificate_expires()
    {
        Write("a", authority.Issue("vpn.example.org"));
        Write("b", authority.Issue(new TestLeaf { Names = ["b.example"], Ends = TimeSpan.FromDays(3) }));

        Open("vpn.example.org", "a", "b");

        var expiry = (clock.GetUtcNow() + TimeSpan.FromDays(3)).ToUnixTimeSeconds();
        Assert.Contains($"\nsstp_gateway_certificate_expiry_seconds {expiry}\n", exporter.Scrape(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        exporter.Dispose();
        folder.Dispose();
    }

    private CertificateStore Open(string? hostname, params string[] names) =>
        new(Configuration(hostname, names), clock, metrics, log);

    private GatewayConfiguration Configuration(string? hostname, params string[] names) => new()
    {
        Hostname = hostname,
        Tls = new TlsConfig
        {
            Certificates = [.. names.Select(name =>
                new CertificateConfig { CertificateFile = folder.File($"{name}.crt"), KeyFile = folder.File($"{name}.key") })],
        },
    };

    private void Write(string name, TestCertificate certificate)
    {
        folder.Write($"{name}.crt", certificate.Pem + authority.IntermediatePem);
        folder.Write($"{name}.key", certificate.KeyPem);
    }

    private void Lay(string name, TestCertificate certificate)
    {
        Directory.CreateDirectory(folder.File(name));
        Write($"{name}/a", certificate);
    }
}
