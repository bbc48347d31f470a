using System.Net;
using TestSupport.Files;
using TestSupport.Ports;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace AcmeInterop.Tests.Servers;

/// <summary>BIND 9 with two zones that take signed updates: one for names, one that challenges are delegated to.</summary>
internal sealed class Bind : IAsyncDisposable
{
    public const string KeyName = "operator.key";

    /// <summary>Base64, as key files have it.</summary>
    public const string Secret = "c2VjcmV0IG9mIHRoZSB0ZXN0cywgMzIgYnl0ZXMuLi4=";

    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;

    private Bind(TemporaryFolder folder, ChildProcess process, int port) =>
        (_folder, _process, EndPoint) = (folder, process, new IPEndPoint(IPAddress.Loopback, port));

    public IPEndPoint EndPoint { get; }

    public static async Task<Bind> StartAsync()
    {
        var folder = new TemporaryFolder("bind");
        var port = FreePort.Next();
        foreach (var zone in (string[])["office.test", "challenges.test"])
        {
            folder.Write($"{zone}.zone", $"""
                $TTL 60
                @ IN SOA ns1 hostmaster 1 3600 600 86400 60
                @ IN NS ns1
                ns1 IN A 127.0.0.1
                {(zone == "office.test" ? "_acme-challenge.delegated IN CNAME delegated.challenges.test." : "")}

                """);
        }

        var configuration = folder.Write("named.conf", $$"""
            options {
              directory "{{folder.Path}}";
              pid-file "{{folder.File("named.pid")}}";
              session-keyfile "{{folder.File("session.key")}}";
              listen-on port {{port}} { 127.0.0.1; };
              listen-on-v6 { none; };
              recursion yes;    # an alias from one zone to the other is followed for the CA
              notify no;
              dnssec-validation no;
            };
            controls { };
            key "{{KeyName}}" { algorithm hmac-sha256; secret "{{Secret}}"; };
            zone "office.test" { type primary; file "office.test.zone"; allow-update { key "{{KeyName}}"; }; };
            zone "challenges.test" { type primary; file "challenges.test.zone"; allow-update { key "{{KeyName}}"; }; };

            """);
        var process = ChildProcess.Start("named", "-g", "-4", "-c", configuration);
        await process.WaitForOutputAsync("all zones loaded", TimeSpan.FromSeconds(30));
        await process.WaitForOutputAsync("running", TimeSpan.FromSeconds(30));
        return new Bind(folder, process, port);
    }

    /// <summary>As anybody sees it.</summary>
    public async Task<IReadOnlyList<string>> TxtAsync(string name)
    {
        var output = await Command.RunAsync(
            "dig", "+short", "+norecurse", $"@{EndPoint.Address}", "-p", $"{EndPoint.Port}", "TXT", name);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().Trim('"')).Where(line => !line.StartsWith(';'))];
    }

    /// <summary>Every TXT record of both zones.</summary>
    public async Task<IReadOnlyList<string>> AllTxtAsync()
    {
        var found = new List<string>();
        foreach (var zone in (string[])["office.test", "challenges.test"])
        {
            var transfer = await Eventually.GetAsync($"a transfer of {zone}", TimeSpan.FromSeconds(20), async () =>
            {
                var text = await Command.RunAsync(
                    "dig", $"@{EndPoint.Address}", "-p", $"{EndPoint.Port}", "-y",
                    $"hmac-sha256:{KeyName}:{Secret}", "AXFR", zone);
                return text.Contains("SOA", StringComparison.Ordinal) ? text : null;
            });
            found.AddRange(transfer.Split('\n').Where(line => line.Contains("\tTXT\t", StringComparison.Ordinal)));
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
