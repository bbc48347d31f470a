using System.Reflection;
using System.Text.Json.Nodes;

namespace Operator.Resources.Schemas;

/// <summary>One field of a section.</summary>
/// <param name="Name">As JSON spells it.</param>
/// <param name="Default">What stands for a field that is left out; null when nothing does.</param>
public sealed record ShapeField(
    string Name, PropertyInfo Property, ValueShape Shape, bool IsRequired, JsonNode? Default, IReadOnlyList<ShapeRule> Rules);
