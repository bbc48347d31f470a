using System.Text.Json;
using Interop.Tests.Gateway;
using Interop.Tests.Network;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using TestSupport.Processes;

namespace Interop.Tests.Tls;

/// <summary>testssl.sh looks at the listener as a stranger would.</summary>
public sealed class TestsslTests
{
    // What the web server we look like would be found to lack as well, and what testssl.sh cannot look into.
    private static readonly Dictionary<string, string> Accepted = new()
    {
        ["HSTS"] = "a header of the decoy, which answers like a web server that nobody has configured",
        ["security_headers"] = "likewise",
        ["engine_problem"] = "about the openssl that testssl.sh runs with",
        ["sessionresumption_ticket"] =
            "there are no tickets: a resumed handshake would show no certificate for the crypto binding",
        ["DNS_CAArecord"] = "a test network has no CAA record",
        ["OCSP_stapling"] = "the test authority has no OCSP responder",
    };

    private static readonly string[] Harmless = ["OK", "INFO", "LOW", "DEBUG"];

    [RequiresFact("testssl", "ip", "dig")]
    public async Task Testssl_finds_nothing_above_low_but_what_is_listed_with_a_reason()
    {
        using var folder = new TemporaryFolder("testssl");
        using var authority = new TestAuthority();
        await using var network = await NetworkNamespace.CreateAsync("testssl");
        await network.IpAsync("link", "set", "lo", "up");
        await network.IpAsync("address", "add", $"{Laboratory.Outside}/32", "dev", "lo");
        var certificate = authority.Issue(Laboratory.GatewayName, days: 90, revocationList: "http://crl.example.test/test.crl");
        await using var gateway = await GatewayProcess.StartAsync(network, new GatewayFiles(folder.Path, certificate));
        var trusted = folder.Write("authority.pem", authority.CertificatePem);
        var report = Path.Combine(folder.Path, "report.json");

        var result = await Command.TryRunAsync(
            TimeSpan.FromMinutes(10),
            "ip", "netns", "exec", network.Name, "testssl", "--warnings", "batch", "--color", "0", "--quiet", "--nodns", "none",
            "--add-ca", trusted, "--jsonfile", report, "--ip", Laboratory.Outside.ToString(), $"{Laboratory.GatewayName}:443");

        Assert.True(File.Exists(report), result.Output);
        var findings = JsonSerializer.Deserialize<TlsFinding[]>(await File.ReadAllTextAsync(report))!;
        // A scan that could not connect finds little: TLS 1.3 must be among what it saw.
        Assert.Contains(findings, finding => finding is { Id: "TLS1_3", Severity: "OK" });
        Assert.Contains(
            findings,
            finding => finding is { Id: "TLS1_1" } && finding.Finding.StartsWith("not offered", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => !Harmless.Contains(finding.Severity) && !Accepted.ContainsKey(finding.Id));
    }
}
