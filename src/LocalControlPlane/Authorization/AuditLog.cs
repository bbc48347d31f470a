using System.Text.Json.Nodes;
using LocalControlPlane.Authentication;

namespace LocalControlPlane.Authorization;

/// <summary>Who asked for what, one JSON object a line: to find out which rights a program needs.</summary>
internal sealed class AuditLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public AuditLog(string path) => _writer = new StreamWriter(new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    })) { AutoFlush = true };

    public void Write(Identity who, AccessRequest asked, bool isAllowed)
    {
        var line = new JsonObject
        {
            ["user"] = who.Name, ["verb"] = asked.Verb, ["group"] = asked.Group,
            ["resource"] = asked.Target, ["namespace"] = asked.Namespace,
            ["name"] = asked.Name, ["path"] = asked.Path, ["allowed"] = isAllowed,
        }.ToJsonString();
        lock (_gate) _writer.WriteLine(line);
    }

    public void Dispose() => _writer.Dispose();
}
