namespace TestSupport.Files;

/// <summary>A folder of its own for one fixture; removed with all it holds, unless SSTP_KEEP_LOGS is set.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(string purpose) =>
        Path = Directory.CreateTempSubdirectory($"sstp-{purpose}-").FullName;

    /// <param name="parent">Where everybody may make folders: for files that another user must reach.</param>
    public TemporaryFolder(string purpose, string parent) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"sstp-{purpose}-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("SSTP_KEEP_LOGS") is { Length: > 0 }) return;
        Directory.Delete(Path, recursive: true);
    }
}
