namespace GatewayConfig.Formats;

/// <summary>Paths of files and folders. They are absolute, so that they mean the same whatever folder a program was started in.</summary>
internal static class FilePath
{
    public static string? Problem(string path)
    {
        if (path.Length == 0) return "is empty; give the path of a file";
        if (path.Contains('\0', StringComparison.Ordinal)) return "has a zero character in it";
        return path.StartsWith('/') ? null : $"is '{path}'; give an absolute path";
    }
}
