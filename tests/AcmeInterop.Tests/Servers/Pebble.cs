using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Ports;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace AcmeInterop.Tests.Servers;

/// <summary>Let's Encrypt's test CA, from the distribution's package.</summary>
internal sealed class Pebble : IAsyncDisposable
{
    public const string ExternalKeyId = "kid-1";
    public const string ExternalMacKey = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;
    private readonly HttpClient _management;
    private readonly Uri _managementUrl;

    private Pebble(TemporaryFolder folder, ChildProcess process, Uri directory, Uri management, string trustedRoots)
    {
        (_folder, _process, Directory, _managementUrl, TrustedRoots) = (folder, process, directory, management, trustedRoots);
        _management = new HttpClient(Operator.Certificates.Accounts.AcmeClients.Tls(trustedRoots));
    }

    public Uri Directory { get; }

    /// <summary>What its own web server's certificate comes from.</summary>
    public string TrustedRoots { get; }

    /// <summary>Every certificate it ever issued leaves a line.</summary>
    public int IssuedCount => _process.Output.Split("Issued certificate serial").Length - 1;

    /// <param name="dns">Where it looks for proofs.</param>
    /// <param name="settings">Its environment, such as PEBBLE_AUTHZREUSE.</param>
    public static Task<Pebble> StartAsync(
        IPEndPoint dns, bool wantsExternalAccount = false, params (string Name, string Value)[] settings) =>
        StartAsync(dns, wantsExternalAccount, [], port => port, settings);

    /// <param name="within">Words before the command, such as those that enter a network namespace.</param>
    /// <param name="reach">The loopback port by which one of its ports is reached from here.</param>
    public static async Task<Pebble> StartAsync(
        IPEndPoint dns, bool wantsExternalAccount, string[] within, Func<int, int> reach,
        params (string Name, string Value)[] settings)
    {
        var folder = new TemporaryFolder("pebble");
        using var authority = new TestAuthority();
        var served = authority.Issue("localhost");
        var (port, managementPort) = (FreePort.Next(), FreePort.Next());
        var configuration = folder.Write("pebble.json", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["pebble"] = new Dictionary<string, object>
            {
                ["listenAddress"] = $"127.0.0.1:{port}",
                ["managementListenAddress"] = $"127.0.0.1:{managementPort}",
                ["certificate"] = folder.Write("cert.pem", served.CertificatePem),
                ["privateKey"] = folder.Write("key.pem", served.KeyPem),
                ["httpPort"] = 80,
                ["tlsPort"] = 443,
                ["externalAccountBindingRequired"] = wantsExternalAccount,
                ["externalAccountMACKeys"] = new Dictionary<string, string> { [ExternalKeyId] = ExternalMacKey },
            },
        }));

        // Values of the environment, through env: a child process here has no other way to get them.
        var environment = new[]
        {
            ("PEBBLE_VA_NOSLEEP", "1"), ("PEBBLE_WFE_NONCEREJECT", "50"),
            ("PEBBLE_AUTHZREUSE", "0"), ("PEBBLE_ALTERNATE_ROOTS", "2"),
        }
            .Where(preset => settings.All(setting => setting.Name != preset.Item1)).Concat(settings);
        string[] command =
        [
            .. within, "env", .. environment.Select(setting => $"{setting.Item1}={setting.Item2}"), "pebble", "-strict",
            "-config", configuration, "-dnsserver", dns.ToString(),
        ];
        var process = ChildProcess.Start(null, command[0], command[1..]);
        var pebble = new Pebble(
            folder, process, new Uri($"https://localhost:{reach(port)}/dir"),
            new Uri($"https://localhost:{reach(managementPort)}"), authority.CertificatePem);
        await Eventually.TrueAsync("Pebble to answer", TimeSpan.FromSeconds(30), async () =>
        {
            if (process.HasExited) throw new CommandFailedException(process.Output);
            try
            {
                return (await pebble._management.GetAsync(new Uri(pebble._managementUrl, "/roots/0"))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return pebble;
    }

    /// <summary>Its root number <paramref name="number"/>; 0 is the default one.</summary>
    public async Task<X509Certificate2> RootAsync(int number) =>
        X509Certificate2.CreateFromPem(await _management.GetStringAsync(new Uri(_managementUrl, $"/roots/{number}")));

    /// <summary>"Valid" or "Revoked".</summary>
    public async Task<string> StatusAsync(string serial)
    {
        using var answer = JsonDocument.Parse(await _management.GetStringAsync(
            new Uri(_managementUrl, $"/cert-status-by-serial/{serial.TrimStart('0').ToLowerInvariant()}")));
        return answer.RootElement.GetProperty("Status").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _management.Dispose();
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
