using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;
using Operator.Resources.Commands;
using Operator.Resources.Schemas;
using Operator.Resources.Yaml;
using TestSupport.Files;

namespace Operator.Tests.Resources;

/// <summary>A schema of crds/ in the hands of an evaluator that shares no code with whoever wrote it.</summary>
internal sealed class PublishedSchema
{
    private static readonly Dictionary<string, PublishedSchema> Known =
        ResourceKinds.All.ToDictionary(kind => kind.Name, kind => new PublishedSchema(kind));

    private readonly StructuralSchema _schema;

    private PublishedSchema(Type kind)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "crds", CrdsCommand.DefinitionFile(kind)));
        var version = ResourceYaml.Read(text).Single()["spec"]!["versions"]![0]!;
        _schema = SchemaReader.ReadObject((JsonObject)version["schema"]!["openAPIV3Schema"]!, out var problems);
        Problems = [.. problems.Select(problem => problem.ToString())];
    }

    public static PublishedSchema Of(string kind) => Known[kind];

    /// <summary>What an API server would say to the definition itself.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>What it would say to an object, with strict field validation.</summary>
    public IReadOnlyList<(string Path, string Message)> Check(JsonObject manifest, JsonObject? old)
    {
        var value = (JsonObject)manifest.DeepClone();
        var unknown = Pruning.Prune(_schema, value);
        Defaulting.Apply(_schema, value);
        var before = (JsonObject?)old?.DeepClone();
        if (before is not null) Defaulting.Apply(_schema, before);
        return
        [
            .. unknown.Select(path => (path, "unknown field")),
            .. SchemaValidation.Validate(_schema, value, before).Select(error => (error.Path.Text, error.Message)),
        ];
    }
}
