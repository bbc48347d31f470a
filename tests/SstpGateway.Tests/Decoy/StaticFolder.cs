using SstpGateway.Tests.Support;

namespace SstpGateway.Tests.Decoy;

/// <summary>The folder that nginx served when the vectors were made, with the same contents and times.</summary>
internal sealed class StaticFolder : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public StaticFolder()
    {
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "sub"));
        Add("index.html", "<p>hello</p>\n");
        Add("a.css", "body{}\n");
        Add("noext", "abc");
        Add("sub/x.txt", "x\n");
    }

    public string Path => scratch.File("html");

    public string Outside(string name, string text) => scratch.Write(name, text);

    public void Add(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc));
    }

    public void Dispose() => scratch.Dispose();
}
