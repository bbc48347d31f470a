using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Objects;
using Operator.Gateways.Planning;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;
using Operator.Resources.Yaml;
using Operator.Tests.Certificates.World;
using Operator.Tests.Deploy;
using Operator.Tests.Dns.Records;
using Operator.Tests.Gateways.Planning;
using TestSupport.Files;
using TestSupport.Golden;

namespace Operator.Tests.Describing;

/// <summary>What <c>kubectl describe</c> tells a person of each kind:
/// the files in docs/describe, which the manual shows.</summary>
public sealed class DescribeTests
{
    private static readonly DateTimeOffset Now = GoldenWorld.Now;
    private static readonly string Golden = Path.Combine(Repository.Root, "docs", "describe");
    private static readonly string Worlds = Path.Combine(Repository.Root, "tests", "Operator.Tests", "Gateways", "Golden");

    [KubectlTheory]
    [InlineData("first-start", "vpngateway-first-minute")]
    [InlineData("serving", "vpngateway-serving")]
    [InlineData("invalid-spec-repaired", "vpngateway-bad-spec")]
    [InlineData("port-in-use", "vpngateway-port-in-use")]
    [InlineData("deleting", "vpngateway-deleting")]
    public async Task A_VpnGateway_reads_like_a_report(string world, string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Worlds, world, "given.yaml"));
        var facts = GoldenWorld.Read(text);
        // The server that is asked has seen one spec only.
        var plan = GatewayPlanner.Plan(
            facts with { Gateway = facts.Gateway with { Metadata = facts.Gateway.Metadata with { Generation = 1 } } });
        var manifest = ResourceYaml.Read(text).Cast<JsonObject>().First(node => (string)node["kind"]! == VpnGateway.KindName);

        await CompareAsync(
            file, Kinds.VpnGateways, manifest,
            JsonSerializer.SerializeToNode(plan.Status, ResourceJson.Info<VpnGatewayStatus>())!,
            [.. plan.Events.Select(told => (told.IsWarning, told.Reason, told.Note))],
            facts.Gateway.Metadata.DeletionTimestamp is not null);
    }

    [KubectlFact]
    public async Task A_DdnsRecord_reads_like_a_report()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        bench.Time.Advance(Now - bench.Time.GetUtcNow());
        await bench.RunAsync(TimeSpan.FromMinutes(2));

        await CompareAsync("ddnsrecord-ready", bench);
    }

    [KubectlFact]
    public async Task A_DdnsRecord_that_another_owner_holds_says_whose_it_is()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        bench.Server.Add("TXT", "_sstp-owner.vpn.example.com", "\"v=sstp1; owner=elsewhere/vpn/branch; uid=7\"");
        bench.Time.Advance(Now - bench.Time.GetUtcNow());
        await bench.PassAsync();

        await CompareAsync("ddnsrecord-of-another", bench);
    }

    [KubectlFact]
    public async Task An_SstpCertificate_reads_like_a_report()
    {
        var world = new CertificateWorld(Now);
        var key = world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));
        await world.RunAsync(TimeSpan.FromMinutes(10));
        var certificate = world.Cluster[key];
        var manifest = (JsonObject)JsonSerializer.SerializeToNode(certificate, ResourceJson.SstpCertificate)!;

        await CompareAsync(
            "sstpcertificate-ready", Kinds.SstpCertificates, manifest,
            JsonSerializer.SerializeToNode(certificate.Status!, ResourceJson.Info<SstpCertificateStatus>())!);
    }

    [KubectlFact]
    public async Task An_order_under_way_is_told_challenge_by_challenge()
    {
        var world = new CertificateWorld(Now);
        world.Dns.IsHidden = true;    // the zone's servers lag behind
        var key = world.Add(CertificateWorld.Acme("office", null, "vpn.office.test", "*.office.test"));
        await world.RunAsync(TimeSpan.FromMinutes(1));

        await CompareAsync("sstpcertificate-ordering", world, key);
    }

    [KubectlFact]
    public async Task A_refusal_is_told_in_the_words_of_the_CA_with_the_next_attempt()
    {
        var world = new CertificateWorld(Now);
        world.Ca.Options.Refuse = operation =>
            operation == "new-order" ? (429, "rateLimited", "too many certificates for vpn.office.test", "86400") : null;
        var key = world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));
        await world.RunAsync(TimeSpan.FromMinutes(1));

        await CompareAsync("sstpcertificate-refused", world, key);
    }

    private static Task CompareAsync(string file, CertificateWorld world, ObjectKey key)
    {
        var certificate = world.Cluster[key];
        var status = JsonSerializer.SerializeToNode(certificate.Status!, ResourceJson.Info<SstpCertificateStatus>())!;

        // Digests of random keys: another one each time.
        foreach (var challenge in status["order"]?["challenges"]?.AsArray() ?? [])
            challenge!["presentedValue"] = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";
        return CompareAsync(
            file, Kinds.SstpCertificates,
            (JsonObject)JsonSerializer.SerializeToNode(certificate, ResourceJson.SstpCertificate)!, status);
    }

    // With generations and times as the loop around a reconciler fills them in.
    private static Task CompareAsync(string file, RecordBench bench)
    {
        var status = (DdnsRecordStatus)(bench.Status with
        {
            ObservedGeneration = 1,
            Conditions = ConditionSettling.Settle([], bench.Status.Conditions, 1, Now),
        });
        return CompareAsync(
            file,
            Kinds.DdnsRecords,
            JsonSerializer.SerializeToNode(bench.Resource.Json)!.AsObject(),
            JsonSerializer.SerializeToNode(status, ResourceJson.Info<DdnsRecordStatus>())!);
    }

    private static async Task CompareAsync<T>(
        string file, ResourceType<T> type, JsonObject manifest, JsonNode status,
        (bool IsWarning, string Reason, string Note)[]? events = null, bool isDeleting = false)
        where T : notnull
    {
        await using var server = await DescribedServer.StartAsync();
        var described = await server.DescribeAsync(type, manifest, status, events ?? [], isDeleting);
        GoldenFile.Compare(Path.Combine(Golden, $"{file}.txt"), described);
    }
}
