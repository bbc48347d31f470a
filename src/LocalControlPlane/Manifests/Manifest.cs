using System.Text.Json.Nodes;
using LocalControlPlane.Objects;

namespace LocalControlPlane.Manifests;

/// <summary>One object of a folder of manifests.</summary>
/// <param name="File">For messages.</param>
/// <param name="Body">Never changed.</param>
public sealed record Manifest(string File, JsonObject Body)
{
    public string ApiVersion => Body.Text("apiVersion") ?? "";

    public string Kind => Body.Text("kind") ?? "";

    public string Name => Body.MetadataText("name") ?? "";

    public override string ToString() => $"{Kind} {Name} ({File})";
}
