using System.CommandLine;

namespace Packaging.Charts;

/// <summary><c>packaging chart</c>: writes the made part of deploy/chart.</summary>
internal static class ChartCommand
{
    public static Command Create()
    {
        var repository = new Option<DirectoryInfo>("--repository")
        {
            Description = "The root of the repository.", DefaultValueFactory = _ => new DirectoryInfo("."),
        };
        var command = new Command(
            "chart", "Write the templates of deploy/chart anew from deploy/base, deploy/overlays, deploy/monitoring and crds.")
        {
            repository,
        };
        command.SetAction(parsed =>
        {
            var root = parsed.GetRequiredValue(repository).FullName;
            foreach (var (path, content) in ChartFiles.Make(root))
            {
                var file = Path.Combine(root, ChartFiles.Folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, content);
            }
        });
        return command;
    }
}
