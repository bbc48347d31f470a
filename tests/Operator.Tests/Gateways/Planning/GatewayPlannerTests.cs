using System.Text.Json;
using GatewayConfig.Yaml;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.VpnGateways;
using Operator.Tests.Resources;
using TestSupport.Files;
using TestSupport.Golden;

namespace Operator.Tests.Gateways.Planning;

/// <summary>Every folder in <c>Gateways/Golden</c> is a case: <c>given.yaml</c>
/// is the world, <c>expected.yaml</c> the plan.</summary>
public class GatewayPlannerTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "Operator.Tests", "Gateways", "Golden");

    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(Golden, "given.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Cases))]
    public void Plans_what_the_case_expects(string name) =>
        GoldenFile.Compare(Path.Combine(Golden, name, "expected.yaml"), GoldenWorld.Write(GatewayPlanner.Plan(Given(name))));

    [Theory, MemberData(nameof(Cases))]
    public void Planning_again_from_the_result_changes_nothing(string name)
    {
        var given = Given(name);
        var first = GatewayPlanner.Plan(given);

        var again = GatewayPlanner.Plan(GoldenWorld.After(given, first));

        Assert.Equal(first.Objects.Select(made => made.ToJsonString()), again.Objects.Select(made => made.ToJsonString()));
        if (given.Gateway.Metadata.DeletionTimestamp is not null) return; // goes on from step to step, and says so

        Assert.Equal(Text(first.Status), Text(again.Status));
        Assert.Empty(again.Events);
        Assert.Empty(again.Superfluous);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_gateway_reads_what_is_written_for_it(string name)
    {
        if (GatewayPlanner.Plan(Given(name)).Bundle is not { } bundle) return;

        Assert.True(
            GatewayConfigurationReader.TryRead(bundle.Configuration, out var read, out var errors), string.Join('\n', errors));
        Assert.Equal(bundle.Revision, read.Revision);
    }

    [Theory, MemberData(nameof(Cases))]
    public void No_status_and_no_event_holds_a_secret(string name)
    {
        var plan = GatewayPlanner.Plan(Given(name));

        var shown = Text(plan.Status) + string.Join('\n', plan.Events);
        Assert.DoesNotContain("PRIVATE KEY", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("8846f7eaee8fb117ad06bdd830b7586c", shown, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_object_is_one_that_Kubernetes_takes(string name) =>
        Assert.All(GatewayPlanner.Plan(Given(name)).Objects, made => Assert.Empty(KnownSchemas.Check(made)));

    private static GatewayFacts Given(string name) =>
        GoldenWorld.Read(File.ReadAllText(Path.Combine(Golden, name, "given.yaml")));

    private static string Text(VpnGatewayStatus status) =>
        JsonSerializer.Serialize(status, ResourceJson.Info<VpnGatewayStatus>());
}
