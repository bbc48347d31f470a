using System.CommandLine;
using Operator.Resources.Schemas;
using Operator.Resources.Yaml;

namespace Operator.Resources.Commands;

/// <summary><c>sstp-operator crds</c>: writes the CustomResourceDefinitions and their reference from the records.</summary>
public static class CrdsCommand
{
    public static Command Create()
    {
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder for one YAML file a kind.", Required = true };
        var reference = new Option<DirectoryInfo?>("--reference") { Description = "Folder for one Markdown page a kind." };
        var command = new Command("crds", "Write the CustomResourceDefinitions, and the reference pages of the kinds.")
        {
            output, reference,
        };
        command.SetAction(result => Run(result.GetValue(output)!, result.GetValue(reference)));
        return command;
    }

    private static void Run(DirectoryInfo output, DirectoryInfo? reference)
    {
        var documentation = Documentation.Load();
        output.Create();
        reference?.Create();
        foreach (var kind in ResourceKinds.All)
        {
            File.WriteAllText(Path.Combine(output.FullName, DefinitionFile(kind)), Definition(kind, documentation));
            if (reference is not null)
                File.WriteAllText(
                    Path.Combine(reference.FullName, ReferenceFile(kind)), ReferenceWriter.Write(kind, documentation));
        }
    }

    public static string DefinitionFile(Type kind) => $"{ResourceKinds.Plural(kind)}.{ApiGroup.Name}.yaml";

    public static string ReferenceFile(Type kind) => $"{kind.Name.ToLowerInvariant()}.md";

    public static string Definition(Type kind, Documentation documentation) =>
        "# Made by `sstp-operator crds` from the records in src/Operator/Resources; change those, not this.\n"
        + ResourceYaml.Write(DefinitionWriter.Write(kind, documentation));
}
