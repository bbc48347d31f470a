using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;
using LocalControlPlane.Tables;

namespace LocalControlPlane.Resources;

/// <summary>What a CustomResourceDefinition says about one of its versions.</summary>
/// <param name="Definition">Name of the CustomResourceDefinition.</param>
/// <param name="Schema"><c>openAPIV3Schema</c>; never changed.</param>
/// <param name="Structure">The same, read, and with metadata.</param>
/// <param name="Layout">Its printer columns.</param>
/// <param name="Stamp">Digest of the schema.</param>
public sealed record CustomType(
    string Definition, JsonObject Schema, StructuralSchema Structure, TableLayout Layout, string Stamp);
