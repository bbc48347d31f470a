using System.Net;
using DnsInterop.Tests.Bind;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Dns;
using Operator.Dns.Push;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;

namespace DnsInterop.Tests.Clients;

/// <summary>Other people's dyndns2 clients report to the operator's endpoint, and the record at BIND changes.</summary>
[Collection(BindCollection.Name)]
public sealed class ReportingClientTests(BindPair bind)
{
    private const string Push = """
        "source":{"kind":"Push","push":{"tokenSecret":{"name":"push","key":"token"}},"allowedRanges":["203.0.113.0/24"]}
        """;

    [RequiresFact("named", "dig", "ddclient", "ip")]
    public async Task Ddclient_reports_and_the_record_changes()
    {
        _ = bind;
        await using var record = new RecordAtBind("ddclient", Push);
        using var folder = new TemporaryFolder("ddclient");
        await using var server = await StartAsync(record, folder, withTls: false);

        var configuration = folder.Write("ddclient.conf", $"""
            ssl=no
            daemon=0
            protocol=dyndns2
            use=ip, ip=203.0.113.21
            server={server.Url!.Authority}
            login=vpn.ddclient
            password='push-token'
            {record.Fqdn}

            """);
        File.SetUnixFileMode(configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var run = await Command.TryRunAsync(
            TimeSpan.FromSeconds(60), "ddclient", "-file", configuration, "-cache", folder.File("cache"), "-pid",
            folder.File("pid"), "-daemon", "0", "-verbose", "-force");
        Assert.True(run.ExitCode == 0 && run.Output.Contains("good", StringComparison.Ordinal), run.Output);

        await record.PassAsync();
        await BindPair.HasAsync(BindPair.Secondary, record.Fqdn, "A", "203.0.113.21");
    }

    [RequiresFact("named", "dig", "inadyn", "ip")]
    public async Task Inadyn_reports_over_tls_and_the_record_changes()
    {
        await using var record = new RecordAtBind("inadyn", Push);
        using var folder = new TemporaryFolder("inadyn");
        await using var server = await StartAsync(record, folder, withTls: true);

        var configuration = folder.Write("inadyn.conf", $$"""
            period = 300
            user-agent = test
            ca-trust-file = "{{folder.File("ca.pem")}}"
            custom operator {
                ssl            = true
                username       = vpn.inadyn
                password       = push-token
                checkip-command = "echo 203.0.113.22"
                ddns-server    = "localhost:{{server.Url!.Port}}"
                ddns-path      = "/nic/update?hostname=%h&myip=%i"
                hostname       = { "{{record.Fqdn}}" }
            }

            """);
        var run = await Command.TryRunAsync(
            TimeSpan.FromSeconds(60), "inadyn", "-1", "-n", "-f", configuration, "--cache-dir", folder.Path, "-P",
            folder.File("pid"), "-l", "debug", "--force");
        Assert.True(run.ExitCode == 0, run.Output);

        await record.PassAsync();
        await BindPair.HasAsync(BindPair.Secondary, record.Fqdn, "A", "203.0.113.22");
    }

    private static async Task<PushServer> StartAsync(RecordAtBind record, TemporaryFolder folder, bool withTls)
    {
        PushOptions options = new(new IPEndPoint(IPAddress.Loopback, 0), null, null);
        if (withTls)
        {
            using var authority = new TestAuthority();
            var issued = authority.Issue("localhost");
            folder.Write("ca.pem", authority.CertificatePem);
            options = options with
            {
                CertificateFile = folder.Write("tls.crt", issued.CertificatePem),
                KeyFile = folder.Write("tls.key", issued.KeyPem),
            };
        }

        var answerer = new PushAnswerer(
            record, new DnsMetrics(new NoMeters()), TimeProvider.System, NullLogger<PushAnswerer>.Instance);
        var server = new PushServer(options, answerer, NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    private sealed class NoMeters : System.Diagnostics.Metrics.IMeterFactory
    {
        public System.Diagnostics.Metrics.Meter Create(System.Diagnostics.Metrics.MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
