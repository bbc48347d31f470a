namespace SstpGateway.Tests.Support;

/// <summary>Files of the checkout that tests compare the program with.</summary>
internal static class RepositoryFiles
{
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Operator.sln")))
                return System.IO.Path.Combine(folder.FullName, relative);
        }
        throw new DirectoryNotFoundException("Operator.sln is not above the tests; run them from a checkout.");
    }

    public static string Read(string relative) => File.ReadAllText(Path(relative));
}
