using System.Text.Json.Nodes;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Plugin;
using TestSupport.Certificates;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Doctor;

/// <summary>A cluster whose gateway works, its zone on two name servers, and somebody with the doctor on the client's host.
/// Tests break one thing each, and mend it.</summary>
public sealed class DoctorSite : IAsyncLifetime
{
    public const string GatewayAddress = "192.0.2.1";

    private const string LogCheck = "log";

    private NameServers? _names;
    private ClusterSite? _cluster;

    public ClusterSite Cluster => _cluster ?? throw new InvalidOperationException("no cluster yet");

    public NameServers Names => _names ?? throw new InvalidOperationException("no name servers yet");

    public Laboratory Laboratory => Cluster.Laboratory;

    /// <summary>What the gateway serves while all is well.</summary>
    public IssuedCertificate Certificate { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!Environment.IsPrivilegedProcess) return;

        _cluster = await ClusterSite.StartAsync(
            serverRunsPods: true, listen: $"{GatewayAddress}:6443", prepare: async laboratory =>
            {
                await NameServers.PointAtAsync(laboratory.GatewayNamespace);
                await NameServers.PointAtAsync(laboratory.Client.Namespace);
                _names = await NameServers.StartAsync(laboratory, GatewayAddress);
            });
        await Cluster.ApplyGatewayAsync();
        Certificate = Laboratory.Authority.Issue(Laboratory.GatewayName);
        await ServeAsync(Certificate);
    }

    public async Task DisposeAsync()
    {
        if (_names is not null) await _names.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    /// <summary>The doctor's findings that are not good, by their codes; but those of the log,
    /// which tells of all the tests before.</summary>
    public async Task<IReadOnlyList<string>> ExamineAsync(params string[] arguments) =>
        Codes(await Doctor().TryAsync([.. Line, .. arguments]));

    public async Task<IReadOnlyList<string>> ExamineWithAsync(string password, params string[] arguments) =>
        Codes(await Doctor().TryWithAsync(password, [.. Line, .. arguments]));

    /// <summary>All that it finds in the gateways' logs: the words of each finding, with what to do.</summary>
    public async Task<IReadOnlyList<string>> ReadLogsAsync() =>
    [
        .. Read(await Doctor().TryAsync(Line)).Where(finding => (string?)finding["check"] == LogCheck)
            .Select(finding => $"{(string?)finding["found"]} => {(string?)finding["whatToDo"]}"),
    ];

    /// <summary>With a clock that is wrong.</summary>
    public async Task<IReadOnlyList<string>> ExamineAtAsync(string offset) => Codes(await Laboratory.Client.Namespace.TryRunAsync(
        TimeSpan.FromSeconds(120),
        [
            "faketime", "--exclude-monotonic", "-f", offset, "dotnet", KubectlSstp.Program, .. Line,
            "--kubeconfig", Cluster.Kubeconfig, "-n", "default",
        ]));

    /// <summary>Puts a certificate into the Secret and waits until the gateway serves it.</summary>
    public async Task ServeAsync(IssuedCertificate certificate)
    {
        await Cluster.PutCertificateAsync(certificate);
        await Cluster.UntilAsync("the certificate", (_, status) =>
            ClusterSite.Condition(status, "CertificateReady", "status") == "True"
            && (string?)status["gateways"]?[0]?["certificateSerial"] == (string?)status["certificateSerial"]
            && SerialOf(certificate) == ((string?)status["certificateSerial"])?.TrimStart('0'));
    }

    /// <summary>Packet filter rules of a middle man, in the gateway's namespace.</summary>
    public async Task FilterAsync(string hook, string rule)
    {
        await Laboratory.GatewayNamespace.RunAsync("nft", "add", "table", "inet", "doctor");
        await Laboratory.GatewayNamespace.RunAsync(
            "nft", "add", "chain", "inet", "doctor", "middle", $"{{ type {hook} priority -150; }}");
        await Laboratory.GatewayNamespace.RunAsync(["nft", "add", "rule", "inet", "doctor", "middle", .. rule.Split(' ')]);
    }

    public Task UnfilterAsync() => Laboratory.GatewayNamespace.RunAsync("nft", "delete", "table", "inet", "doctor");

    /// <summary>Another program takes the calls: openssl's server.</summary>
    public async Task<ChildProcess> DivertAsync(int port, IssuedCertificate certificate, params string[] options)
    {
        var folder = Laboratory.Folder;
        var server = Laboratory.GatewayNamespace.Start(folder.File($"s_server-{port}.log"), [
            "openssl", "s_server", "-accept", $"{port}", "-www", "-cert",
            folder.Write($"divert-{port}.crt", certificate.CertificatePem),
            "-key", folder.Write($"divert-{port}.key", certificate.KeyPem), .. options,
        ]);
        await server.WaitForOutputAsync("ACCEPT", TimeSpan.FromSeconds(60));
        await FilterAsync("nat hook prerouting", $"iifname client tcp dport 443 redirect to :{port}");
        return server;
    }

    public Task UntilRecordAsync(string what, Func<JsonNode, bool> holds) => Eventually.TrueAsync(
        what, TimeSpan.FromSeconds(90),
        async () => (await Cluster.Api.GetAsync(RecordPath))?["status"] is { } status && holds(status));

    public const string RecordPath = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default/ddnsrecords/home";

    /// <summary>A record for the gateway's name, which the gateway then names.</summary>
    public async Task PublishAsync(JsonObject source, JsonObject provider)
    {
        await Cluster.Api.ApplyAsync(RecordPath, new JsonObject
        {
            ["apiVersion"] = "vpn.sstp-operator.dev/v1alpha1",
            ["kind"] = "DdnsRecord",
            ["metadata"] = new JsonObject { ["name"] = "home", ["namespace"] = "default" },
            ["spec"] = new JsonObject
            {
                ["fqdn"] = Laboratory.GatewayName,
                ["recordTypes"] = new JsonArray("A"),
                ["source"] = source,
                ["provider"] = provider,
            },
        });
        await Cluster.ChangeSpecAsync(new JsonObject { ["publication"] = new JsonObject { ["recordName"] = "home" } });
    }

    public async Task WithdrawAsync()
    {
        await Cluster.ChangeSpecAsync(new JsonObject { ["publication"] = null });
        await Cluster.Api.MergeAsync(RecordPath, new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } });
        await Cluster.Api.DeleteAsync(RecordPath);
        await Cluster.UntilSettledAsync("a gateway without a record");
    }

    private static string[] Line => ["doctor", "home", "-o", "json"];

    private KubectlSstp Doctor() => new(Laboratory.Client.Namespace, Cluster.Kubeconfig);

    private static List<string> Codes(CommandResult result) =>
        [.. Read(result).Where(finding => (string?)finding["check"] != LogCheck && finding["code"] is not null)
            .Select(finding => (string)finding["code"]!)];

    private static List<JsonNode> Read(CommandResult result)
    {
        var begin = result.Output.IndexOf("[\n", StringComparison.Ordinal);
        if (begin < 0) throw new CommandFailedException($"doctor: {result.ExitCode}\n{result.Output}");
        var findings = JsonNode.Parse(result.Output[begin..])!.AsArray();
        // Whoever runs it in a script sees it at the exit code.
        Assert.Equal(findings.Any(finding => (string?)finding!["verdict"] == "Problem") ? 2 : 0, result.ExitCode);
        return [.. findings.OfType<JsonNode>()];
    }

    private static string SerialOf(IssuedCertificate issued)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(
            issued.CertificatePem);
        return certificate.SerialNumber.TrimStart('0');
    }
}
