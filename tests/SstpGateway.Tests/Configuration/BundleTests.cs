using GatewayConfig.Channel;
using SstpGateway.Configuration;
using SstpGateway.Tests.Certificates;
using SstpGateway.Tests.Support;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Time;

namespace SstpGateway.Tests.Configuration;

/// <summary>What the operator pushes, beside what is mounted.</summary>
public sealed class BundleTests : IDisposable
{
    private const string Users = "users: [{name: alice, password: secret}]";

    private readonly ScratchFolder _folder = new();
    private readonly ManualTime _clock = new();
    private readonly RecordingLogger<RunningConfiguration> _log = new();
    private readonly TestAuthority _authority;

    public BundleTests()
    {
        _clock.Advance(TimeSpan.FromDays(20_000));
        _authority = new TestAuthority(_clock.GetUtcNow());
    }

    [Fact]
    public void A_bundle_is_in_force_at_once_and_after_a_restart()
    {
        var sources = Open("revision: 3\nlimits: {calls: 10}");

        var result = sources.Intake.Push(Bundle(4, "limits: {calls: 40}"));

        Assert.Equal(PushVerdict.InForce, result.Verdict);
        Assert.Equal(40, sources.Running.Current.Limits.Calls);
        var restarted = Open();
        Assert.Equal(40, restarted.Running.Current.Limits.Calls);
        Assert.Equal((4, true, ContentDigest.Of("limits: {calls: 40}")), Origin(restarted));
    }

    [Fact]
    public void Its_users_and_certificates_take_the_place_of_the_files_that_the_configuration_names()
    {
        var certificate = _authority.Issue("vpn.example.org");
        var sources = Open("limits: {calls: 10}");

        sources.Intake.Push(Bundle(1, """
            hostname: vpn.example.org
            tls: {certificates: [{certificateFile: ../tls/tls.crt, keyFile: ../tls/tls.key}]}
            authentication: {usersFile: ../users/users.yaml}
            admin: {tls: {listen: '127.0.0.1:9443', certificateFile: ../channel/tls.crt, keyFile: ../channel/tls.key, clientCaFile: ../channel/ca.crt}}
            """) with
        { Users = Users, Certificates = [Pem(certificate)] });

        foreach (var config in new[] { sources.Running.Current, Open().Running.Current })
        {
            Assert.Equal(Users, File.ReadAllText(config.Authentication.UsersFile!));
            Assert.Equal(certificate.Pem, File.ReadAllText(config.Tls.Certificates[0].CertificateFile));
            Assert.Equal(certificate.KeyPem, File.ReadAllText(config.Tls.Certificates[0].KeyFile));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(config.Tls.Certificates[0].KeyFile));
        }
        Assert.Equal(Path.GetFullPath("../channel/ca.crt", _folder.Path), Open().Running.Current.Admin.Tls!.ClientCaFile);
    }

    [Fact]
    public void A_bundle_without_users_or_certificates_leaves_the_mounted_files()
    {
        var sources = Open("");

        sources.Intake.Push(Bundle(
            1, "authentication: {usersFile: users.yaml}\ntls: {certificates: [{certificateFile: a.crt, keyFile: a.key}]}"));

        Assert.Equal(_folder.File("users.yaml"), sources.Running.Current.Authentication.UsersFile);
        Assert.Equal(_folder.File("a.crt"), sources.Running.Current.Tls.Certificates[0].CertificateFile);
    }

    [Fact]
    public void A_bad_bundle_is_refused_with_every_mistake_and_what_was_before_stays()
    {
        var sources = Open("limits: {calls: 10}");

        var result = sources.Intake.Push(Bundle(2, "limits: {calls: 0}\nnetwork: {mtu: 1}\nhostname: vpn.example.org") with
        {
            Users = "users: [{name: a}]",
            Certificates =
            [
                Pem(_authority.Issue("other.example.org")),
                new CertificatePem(_authority.Issue("b").Pem, _authority.Issue("b").KeyPem),
            ],
        });

        Assert.Equal(PushVerdict.Refused, result.Verdict);
        Assert.Equal(
            [
                ("gateway.yaml", "limits.calls"), ("gateway.yaml", "network.mtu"),
                ("users.yaml", "users[0]"), ("certificates[1]", ""),
            ],
            result.Mistakes.Select(mistake => (mistake.File, mistake.Path)));
        Assert.Equal(10, sources.Running.Current.Limits.Calls);
        Assert.Equal(2, sources.Running.Refused!.Revision);
        Assert.True(sources.Running.Refused.IsPushed);
        Assert.Equal(10, Open().Running.Current.Limits.Calls);
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expired", "it expired at")]
    [InlineData("another name", "not for hostname vpn.example.org")]
    [InlineData("another key", "does not belong to the certificate")]
    public void A_certificate_that_clients_would_refuse_is_refused_and_the_reason_is_in_the_status(string kind, string reason)
    {
        var good = _authority.Issue("vpn.example.org");
        var pem = kind switch
        {
            "expired" => Pem(_authority.Issue(new TestLeaf { Names = ["vpn.example.org"], Ends = TimeSpan.FromHours(-1) })),
            "another name" => Pem(_authority.Issue("www.example.org")),
            _ => new CertificatePem(good.Pem, _authority.Issue("vpn.example.org").KeyPem),
        };
        var sources = Open("hostname: vpn.example.org");
        sources.Intake.Push(Bundle(1, "hostname: vpn.example.org") with { Certificates = [Pem(good)] });

        sources.Intake.Push(Bundle(2, "hostname: vpn.example.org") with { Certificates = [pem] });

        Assert.Contains(reason, Assert.Single(sources.Running.Refused!.Mistakes).Message, StringComparison.Ordinal);
        Assert.Equal(good.Pem, File.ReadAllText(sources.Running.Current.Tls.Certificates[0].CertificateFile));
    }

    [Fact]
    public void Without_a_new_certificate_the_one_before_stays_over_a_restart_too_while_it_fits()
    {
        var good = _authority.Issue("vpn.example.org");
        var sources = Open("hostname: vpn.example.org");
        sources.Intake.Push(Bundle(1, "hostname: vpn.example.org") with { Certificates = [Pem(good)] });

        var without = Bundle(2, "{hostname: vpn.example.org, limits: {calls: 50}}");
        Assert.Equal(PushVerdict.InForce, sources.Intake.Push(without).Verdict);
        Assert.Equal(good.Pem, File.ReadAllText(sources.Running.Current.Tls.Certificates[0].CertificateFile));

        var again = Open();
        Assert.Equal(good.Pem, File.ReadAllText(again.Running.Current.Tls.Certificates[0].CertificateFile));
        Assert.Equal(50, again.Running.Current.Limits.Calls);
        Assert.Equal(PushVerdict.InForce, again.Intake.Push(without).Verdict);

        Assert.Equal(PushVerdict.InForce, again.Intake.Push(Bundle(3, "hostname: other.example.org")).Verdict);
        Assert.DoesNotContain(
            again.Running.Current.Tls.Certificates,
            files => File.Exists(files.CertificateFile) && File.ReadAllText(files.CertificateFile) == good.Pem);
    }

    [Fact]
    public void An_older_bundle_is_stale_and_the_same_one_again_is_in_force_already()
    {
        var sources = Open("");
        var bundle = Bundle(5, "limits: {calls: 50}");
        sources.Intake.Push(bundle);

        Assert.Equal(PushVerdict.InForce, sources.Intake.Push(Bundle(5, "limits: {calls: 50}")).Verdict);
        Assert.Equal(PushVerdict.Stale, sources.Intake.Push(Bundle(5, "limits: {calls: 51}")).Verdict);
        Assert.Equal(PushVerdict.Stale, sources.Intake.Push(Bundle(4, "limits: {calls: 40}")).Verdict);
        Assert.Equal(PushVerdict.InForce, Open().Intake.Push(bundle).Verdict);
        Assert.Equal(50, sources.Running.Current.Limits.Calls);
    }

    [Fact]
    public void The_newer_of_mounted_and_pushed_is_in_force()
    {
        var sources = Open("revision: 1\nlimits: {calls: 1}");
        sources.Intake.Push(Bundle(3, "limits: {calls: 3}"));

        Mount(sources, "revision: 2\nlimits: {calls: 2}");
        Assert.Equal(3, sources.Running.Current.Limits.Calls);
        Assert.Equal(3, Open().Running.Current.Limits.Calls);

        // Of one revision, what was pushed came in one piece.
        Mount(sources, "revision: 3\nlimits: {calls: 33}");
        Assert.Equal(3, sources.Running.Current.Limits.Calls);

        Mount(sources, "revision: 4\nlimits: {calls: 4}");
        Assert.Equal(4, sources.Running.Current.Limits.Calls);
        Assert.Equal((4, false), (sources.Running.InForce.Revision, sources.Running.InForce.IsPushed));
        Assert.Equal(4, Open().Running.Current.Limits.Calls);
        Assert.Equal(PushVerdict.Stale, sources.Intake.Push(Bundle(3, "limits: {calls: 3}")).Verdict);
        Assert.Equal(PushVerdict.InForce, sources.Intake.Push(Bundle(4, "limits: {calls: 44}")).Verdict);
    }

    [Fact]
    public void A_gateway_whose_mounted_file_is_bad_or_gone_starts_from_what_was_pushed()
    {
        Open("").Intake.Push(Bundle(1, "limits: {calls: 7}"));

        _folder.Write("gateway.yaml", "nonsense: 1");
        Assert.Equal(7, Open().Running.Current.Limits.Calls);

        File.Delete(_folder.File("gateway.yaml"));
        var sources = Open();
        sources.File.LookAt(Look.Ordered);
        Assert.Equal(7, sources.Running.Current.Limits.Calls);
        Assert.Contains("cannot be read", sources.Running.Refused!.Mistakes[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_that_cannot_be_stored_is_refused()
    {
        var sources = Open("limits: {calls: 10}");
        File.WriteAllText(_folder.File("state"), "a file where the folder should be");

        var result = sources.Intake.Push(Bundle(1, "limits: {calls: 11}"));

        Assert.Equal(PushVerdict.Refused, result.Verdict);
        Assert.Contains("cannot be stored", Assert.Single(result.Mistakes).Message, StringComparison.Ordinal);
        Assert.Equal(10, sources.Running.Current.Limits.Calls);
    }

    [RequiresFact("mount", "umount")]
    public async Task On_a_full_disk_a_bundle_is_refused_and_the_one_before_outlives_a_restart()
    {
        await using var disk = await SmallDisk.MountAsync();
        _folder.Write("gateway.yaml", "");
        var sources = ConfigurationSources.Open(_folder.File("gateway.yaml"), disk.Path, _clock, TestMeters.NewMetrics(), _log);
        sources.Intake.Push(Bundle(1, "limits: {calls: 11}") with { Users = Users });
        disk.Fill();

        var result = sources.Intake.Push(Bundle(2, "limits: {calls: 12}") with { Users = Users + new string(' ', 9000) });

        Assert.Equal(PushVerdict.Refused, result.Verdict);
        var restarted = ConfigurationSources.Open(_folder.File("gateway.yaml"), disk.Path, _clock, TestMeters.NewMetrics(), _log);
        Assert.Equal(11, restarted.Running.Current.Limits.Calls);
        disk.MakeRoom();
        Assert.Equal(PushVerdict.InForce, sources.Intake.Push(Bundle(2, "limits: {calls: 12}") with { Users = Users }).Verdict);
    }

    [Fact]
    public void A_stored_bundle_that_is_damaged_is_said_to_be_and_the_mounted_file_is_used()
    {
        Open("limits: {calls: 10}").Intake.Push(Bundle(1, "limits: {calls: 11}"));
        File.WriteAllText(_folder.File("state/pushed.json"), "{\"revision\":1,");

        Assert.Equal(10, Open().Running.Current.Limits.Calls);
        Assert.Contains(_log.Lines, line => line.Id == 1006);
    }

    [Fact]
    public void Keys_of_earlier_bundles_do_not_stay_on_the_disk()
    {
        var sources = Open("hostname: vpn.example.org");
        for (var revision = 1; revision <= 3; revision++)
            sources.Intake.Push(
                Bundle(revision, "hostname: vpn.example.org") with { Certificates = [Pem(_authority.Issue("vpn.example.org"))] });

        Assert.Equal([_folder.File("state/pushed/3")], Directory.EnumerateDirectories(_folder.File("state/pushed")));
    }

    [Fact]
    public void Settings_that_need_a_restart_are_named()
    {
        var sources = Open("network: {mtu: 1400}");

        var result = sources.Intake.Push(Bundle(1, "network: {mtu: 1300}"));

        Assert.Equal(["network.mtu"], result.NeedRestart);
        Assert.Equal(1400, sources.Running.Current.Network.Mtu);
        Assert.Equal(["network.mtu"], sources.Running.InForce.NeedRestart);
    }

    public void Dispose() => _folder.Dispose();

    private static ConfigurationBundle Bundle(long revision, string configuration) =>
        new() { Revision = revision, Configuration = configuration };

    private static CertificatePem Pem(TestCertificate certificate) => new(certificate.Pem, certificate.KeyPem);

    private static (long Revision, bool IsPushed, string Digest) Origin(ConfigurationSources sources) =>
        sources.Running.InForce is var inForce ? (inForce.Revision, inForce.IsPushed, inForce.Digest) : default;

    private void Mount(ConfigurationSources sources, string text)
    {
        _folder.Write("gateway.yaml", text);
        sources.File.LookAt(Look.Routine);
    }

    private ConfigurationSources Open(string text)
    {
        _folder.Write("gateway.yaml", text);
        return Open();
    }

    private ConfigurationSources Open() =>
        ConfigurationSources.Open(_folder.File("gateway.yaml"), _folder.File("state"), _clock, TestMeters.NewMetrics(), _log);
}
