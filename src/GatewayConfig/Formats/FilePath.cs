namespace GatewayConfig.Formats;

/// <summary>Paths of files and folders: absolute, or relative to the folder of the file they stand in,
/// never to where a program was started.</summary>
internal static class FilePath
{
    public static string? Problem(string path)
    {
        if (path.Length == 0) return "is empty; give the path of a file";
        return path.Contains('\0', StringComparison.Ordinal) ? "has a zero character in it" : null;
    }

    /// <summary>For a path that the other side of a socket has to know, too.</summary>
    public static string? AbsoluteProblem(string path) =>
        Problem(path) ?? (path.StartsWith('/') ? null : $"is '{path}'; give an absolute path");
}
