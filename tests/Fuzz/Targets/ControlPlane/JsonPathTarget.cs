using System.Text;
using System.Text.Json.Nodes;
using Fuzz.Engine;
using LocalControlPlane.Tables;

namespace Fuzz.Targets.ControlPlane;

/// <summary>The columns of a definition.</summary>
internal sealed class JsonPathTarget : FuzzTarget
{
    private static readonly JsonNode Root = JsonNode.Parse(
        """{"a":{"b":[{"type":"Ready","n":1},{"type":"Other","n":2.5},null]},"b":"text","c":null,"d.e":true,"l":[1,[2,3],{}]}""")!;

    public override string Name => "json-path";

    public override IReadOnlyList<Type> Readers => [typeof(JsonPath)];

    public override int MaxLength => 256;

    public override int Divisor => 2;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        JsonPath path;
        try
        {
            path = JsonPath.Parse(Encoding.UTF8.GetString(input));
        }
        catch (FormatException)
        {
            return false;
        }

        foreach (var found in path.Find(Root)) Oracle.Holds(found is not null, "nothing is counted as found");
        return true;
    }
}
