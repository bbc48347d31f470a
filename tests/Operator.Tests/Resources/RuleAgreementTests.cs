using System.Text.Json;
using GatewayConfig;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.Schemas;
using Operator.Resources.Validation;

namespace Operator.Tests.Resources;

/// <summary>The rules stand in the CRDs and in the validators. Both are given the same manifests,
/// good and bad, and must agree.</summary>
public class RuleAgreementTests
{
    public static TheoryData<string> Names => [.. RuleCase.All.Select(found => found.Name)];

    public static TheoryData<Type> Kinds => [.. ResourceKinds.All];

    [Theory, MemberData(nameof(Names))]
    public void Schema_and_validators_agree(string name)
    {
        var tried = RuleCase.Named(name);
        var schema = PublishedSchema.Of((string)tried.Manifest["kind"]!).Check(tried.Manifest, tried.Old);
        var validators = Validate(tried);

        if (tried.At is null)
        {
            Assert.Empty(schema);
            Assert.Empty(validators);
            return;
        }
        if (tried.By != "operator") Assert.Contains(schema, error => error.Path == tried.At);
        else Assert.Empty(schema);
        if (tried.By != "schema")
            Assert.Contains(
                validators, error => error.Path == tried.At && error.Message.Contains(tried.Says, StringComparison.Ordinal));
        else Assert.Contains(schema, error => error.Message.Contains(tried.Says, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void Nothing_is_refused_but_what_the_case_says(string name)
    {
        var tried = RuleCase.Named(name);
        if (tried.By == "schema") return;

        Assert.All(Validate(tried), error => Assert.StartsWith(tried.At ?? "nothing", error.Path, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Api_server_takes_the_definition(Type kind) => Assert.Empty(PublishedSchema.Of(kind.Name).Problems);

    [Fact]
    public void Every_rule_has_a_validator_that_keeps_it()
    {
        var with = RuleValidators.All.Keys.ToHashSet();
        var ruled = ResourceKinds.All.Concat(ResourceKinds.All.SelectMany(kind => Sections(ResourceKinds.Spec(kind)))).Distinct()
            .Where(type => type.IsDefined(typeof(RuleAttribute), false)).ToHashSet();

        Assert.Equal(ruled.OrderBy(type => type.Name), with.OrderBy(type => type.Name));
        Assert.All(
            RuleValidators.All,
            entry => Assert.Empty((IReadOnlyList<string>)entry.Value.GetType().GetProperty("NotKept")!.GetValue(entry.Value)!));
    }

    [Fact]
    public void Every_rule_has_a_case_that_breaks_it()
    {
        var said = RuleCase.All.Where(tried => tried.At is not null)
            .SelectMany(tried => Validate(tried).Select(error => error.Message)).ToHashSet();

        var untried = RuleValidators.All.Keys.SelectMany(type =>
            type.GetCustomAttributes(typeof(RuleAttribute), false).Cast<RuleAttribute>())
            .Select(rule => rule.Message).Where(message => !said.Contains(message)).ToList();

        Assert.Empty(untried);
    }

    private static IReadOnlyList<ConfigurationError> Validate(RuleCase tried)
    {
        var found = ResourceCheck.Manifest(tried.Manifest);
        if (found.Count > 0 || (string)tried.Manifest["kind"]! != "VpnGateway") return found;
        return [.. GatewaySpecCheck.Check(tried.Manifest.Deserialize(ResourceJson.VpnGateway)!.Spec)
            .Select(error => error with { Path = $"spec.{error.Path}" })];
    }

    private static IEnumerable<Type> Sections(ValueShape.Section section)
    {
        yield return section.Type;
        foreach (var field in section.Fields)
        {
            var below = field.Shape as ValueShape.Section ?? (field.Shape as ValueShape.List)?.Item as ValueShape.Section;
            foreach (var type in below is null ? [] : Sections(below)) yield return type;
        }
    }
}
