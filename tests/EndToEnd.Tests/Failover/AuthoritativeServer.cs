using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Network;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Failover;

/// <summary>BIND 9 with the zone of <see cref="Laboratory.GatewayName"/>, changed by signed updates;
/// its log tells when.</summary>
public sealed partial class AuthoritativeServer : IAsyncDisposable
{
    public const string Zone = "example.test";
    public const string KeyName = "operator.test";
    public const string Secret = "VtyfYgeFkmGoHwhU4J0w0ej2C4bfuO2gGLT4wNVMEIs=";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly NetworkNamespace _namespace;
    private readonly IPAddress _address;
    private readonly ChildProcess _named;

    private AuthoritativeServer(NetworkNamespace @namespace, IPAddress address, ChildProcess named) =>
        (_namespace, _address, _named) = (@namespace, address, named);

    public static async Task<AuthoritativeServer> StartAsync(
        NetworkNamespace @namespace, IPAddress address, TemporaryFolder folder)
    {
        folder.Write("zone", $"""
            $TTL 60
            @ IN SOA ns1 admin.{Zone}. 1 3600 3600 86400 1
            @ IN NS ns1
            ns1 IN A {address}

            """);
        var configuration = folder.Write("named.conf", $$"""
            key "{{KeyName}}" { algorithm hmac-sha256; secret "{{Secret}}"; };
            controls { };
            options {
              directory "{{folder.Path}}"; listen-on { {{address}}; }; listen-on-v6 { none; }; pid-file none; session-keyfile "{{folder.File("session")}}";
              recursion no; dnssec-validation no;
            };
            zone "{{Zone}}" { type primary; file "zone"; allow-update { key "{{KeyName}}"; }; };

            """);
        var server = new AuthoritativeServer(
            @namespace, address, @namespace.Start(folder.File("named.log"), "env", "TZ=UTC", "named", "-g", "-c", configuration));
        await Eventually.TrueAsync(
            "the zone", Deadline, async () => (await server.AskAsync("ns1." + Zone)).SequenceEqual([address.ToString()]));
        return server;
    }

    public Task<string[]> AskAsync() => AskAsync(Laboratory.GatewayName);

    /// <summary>When it took the name's first change to an address after a moment, by its own log.</summary>
    public async Task<DateTimeOffset> WaitForChangeAsync(IPAddress to, DateTimeOffset after) =>
        (DateTimeOffset)await Eventually.GetAsync<object>(
            $"the change of {Laboratory.GatewayName} to {to}", Deadline, () =>
            {
                foreach (Match line in Added().Matches(_named.Output))
                {
                    var at = DateTimeOffset.ParseExact(
                        line.Groups["time"].Value, "dd-MMM-yyyy HH:mm:ss.fff",
                        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                    if (line.Groups["address"].Value == to.ToString() && at >= after) return Task.FromResult<object?>(at);
                }

                return Task.FromResult<object?>(null);
            });

    public ValueTask DisposeAsync() => _named.DisposeAsync();

    private async Task<string[]> AskAsync(string name) =>
        [.. (await _namespace.TryRunAsync(
            TimeSpan.FromSeconds(20), "dig", $"@{_address}", name, "A", "+short", "+norecurse", "+time=1", "+tries=1")).Output
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"^(?<time>\S+ \S+) .*updating zone '\S+': adding an RR at 'vpn\.example\.test' A (?<address>\S+)",
        RegexOptions.Multiline)]
    private static partial Regex Added();
}
