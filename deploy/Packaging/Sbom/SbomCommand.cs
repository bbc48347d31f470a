using System.CommandLine;

namespace Packaging.Sbom;

/// <summary><c>packaging sbom</c>: what is in the programs and images, from their lock
/// files and the distribution's package lists.</summary>
internal static class SbomCommand
{
    public static Command Create()
    {
        var projects = new Argument<DirectoryInfo[]>("project")
        {
            Description = "Folders of the programs' projects, with their packages.lock.json.", Arity = ArgumentArity.OneOrMore,
        };
        var repository = new Option<DirectoryInfo>("--repository")
        {
            Description = "The root of the repository.", DefaultValueFactory = _ => new DirectoryInfo("."),
        };
        var packages = new Option<DirectoryInfo>("--packages") { Description = "NuGet's folder of packages.", Required = true };
        var runtime = new Option<string>("--runtime")
        {
            Description = "Version of .NET's runtime that the programs carry.", Required = true,
        };
        var epoch = new Option<long>("--epoch")
        {
            Description = "The time that is written into it, in seconds since 1970.", Required = true,
        };
        var libraries = new Option<FileInfo?>("--libraries")
        {
            Description = "File of lines IMAGE PACKAGE VERSION: what of the distribution is in the images.",
        };
        var command = new Command("sbom", "Print an SPDX 2.3 document.")
        {
            projects, repository, packages, runtime, epoch, libraries,
        };
        command.SetAction(parsed => Console.Out.Write(SpdxDocument.Write(
            ProductVersion.Read(parsed.GetRequiredValue(repository).FullName),
            DateTimeOffset.FromUnixTimeSeconds(parsed.GetRequiredValue(epoch)),
            parsed.GetRequiredValue(runtime),
            [.. parsed.GetRequiredValue(projects).Select(Content)],
            parsed.GetValue(libraries) is { } file
                ? [.. File.ReadLines(file.FullName).Where(line => line.Length > 0).Select(LibraryInImage.Parse)]
                : [],
            package => PackageLicence.Of(parsed.GetRequiredValue(packages).FullName, package))));
        return command;
    }

    private static ProgramContent Content(DirectoryInfo project)
    {
        var file = project.GetFiles("*.csproj").Single();
        return new ProgramContent(
            AssemblyName(file), LockFile.Read(File.ReadAllText(Path.Combine(project.FullName, "packages.lock.json"))));
    }

    private static string AssemblyName(FileInfo project) =>
        System.Xml.Linq.XDocument.Load(project.FullName).Descendants("AssemblyName").FirstOrDefault()?.Value
        ?? Path.GetFileNameWithoutExtension(project.Name);
}
