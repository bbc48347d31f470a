using Operator.Resources.Commands;
using Operator.Resources.Schemas;
using TestSupport.Files;
using TestSupport.Golden;

namespace Operator.Tests.Resources;

/// <summary>crds/ and docs/reference are what the records say. <c>sstp-operator crds --output crds
/// --reference docs/reference</c> writes them anew.</summary>
public class GeneratedFilesTests
{
    private static readonly Documentation Documentation = Documentation.Load();

    public static TheoryData<Type> Kinds => [.. ResourceKinds.All];

    [Theory, MemberData(nameof(Kinds))]
    public void Definition_is_what_the_generator_writes(Type kind) =>
        GoldenFile.Compare(
            Path.Combine(Repository.Root, "crds", CrdsCommand.DefinitionFile(kind)), CrdsCommand.Definition(kind, Documentation));

    [Theory, MemberData(nameof(Kinds))]
    public void Reference_is_what_the_generator_writes(Type kind) =>
        GoldenFile.Compare(
            Path.Combine(Repository.Root, "docs", "reference", CrdsCommand.ReferenceFile(kind)),
            ReferenceWriter.Write(kind, Documentation));

    [Fact]
    public void No_other_definition_lies_beside_them() =>
        Assert.Equal(
            ResourceKinds.All.Select(CrdsCommand.DefinitionFile).Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(Repository.Root, "crds"), "*.yaml")
                .Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Kinds))]
    public void Every_field_is_documented(Type kind)
    {
        var without = Undocumented(ResourceKinds.Spec(kind)).Concat(Undocumented(ResourceKinds.Status(kind))).Distinct().ToList();

        Assert.True(without.Count == 0, $"no summary: {string.Join(", ", without)}");
    }

    private static IEnumerable<string> Undocumented(ValueShape.Section section)
    {
        foreach (var field in section.Fields)
        {
            if (Documentation.Of(field.Property).Length == 0) yield return $"{section.Type.Name}.{field.Property.Name}";
            var below = field.Shape as ValueShape.Section ?? (field.Shape as ValueShape.List)?.Item as ValueShape.Section;
            if (below is null) continue;
            foreach (var name in Undocumented(below)) yield return name;
        }
    }
}
