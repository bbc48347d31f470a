namespace TestSupport.Files;

/// <summary>Where the tests find what the build made.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>"Release" or "Debug": what the running tests were built as,
    /// so that they start programs of the same build.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent?.Name ?? "Release";

    /// <summary>The assembly of a program of this repository, to be run by <c>dotnet</c>.</summary>
    /// <param name="project">Folder name under src/.</param>
    /// <param name="assembly">Assembly name without extension.</param>
    public static string Program(string project, string assembly) =>
        Path.Combine(Root, "src", project, "bin", Configuration, "net10.0", assembly + ".dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Operator.sln"))) return folder.FullName;

        throw new DirectoryNotFoundException(
            $"No Operator.sln in or above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
