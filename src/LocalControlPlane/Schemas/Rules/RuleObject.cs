using System.Text.Json.Nodes;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Schemas.Rules;

/// <summary>An object of a schema, whose fields are converted when a rule looks at them.</summary>
internal sealed class RuleObject(StructuralSchema schema, JsonObject fields) : ObjectValue
{
    private readonly Dictionary<string, string> _names = fields
        .Select(field => (Escaped: RuleNames.Escape(field.Key), Name: field.Key))
        .Where(field => field.Escaped is not null && schema.Properties.ContainsKey(field.Name))
        .ToDictionary(field => field.Escaped!, field => field.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, CelValue> _converted = [];

    public override CelType Type => CelType.Object("object", new Dictionary<string, CelType>());

    public override IEnumerable<string> FieldNames => _names.Keys;

    public override CelValue? Field(string name)
    {
        if (_converted.TryGetValue(name, out var known)) return known;
        return _names.TryGetValue(name, out var property)
            ? _converted[name] = RuleValues.Of(schema.Properties[property], fields[property])
            : null;
    }
}
