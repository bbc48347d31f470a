using LocalControlPlane.Cel.Syntax;

namespace LocalControlPlane.Schemas.Rules;

/// <summary>
/// A simple upper bound of what the rules of a schema can cost, in the manner of Kubernetes, which refuses a definition whose
/// rules may take too long: each step costs 1, each macro multiplies its body by the most elements its list may have, and a
/// rule inside a list runs once an element.
/// </summary>
internal static class RuleCosts
{
    /// <summary>For one rule, and for all rules of a definition (the API server's limits on estimated cost).</summary>
    private const double OneRule = 10_000_000, OneDefinition = 100_000_000;

    /// <summary>How large a request may be, in bytes: what bounds a list, map or string without a maximum.</summary>
    private const double LargestRequest = 3 * 1024 * 1024;

    public static IReadOnlyList<SchemaProblem> Problems(StructuralSchema root)
    {
        var problems = new List<SchemaProblem>();
        var total = Sum(root, "", 1, problems);
        if (total > OneDefinition)
            problems.Add(new SchemaProblem(
                "",
                $"the rules of this schema may cost {total:0} in all, more than {OneDefinition:0}; "
                + "give lists, maps and strings a maximum"));
        return problems;
    }

    private static double Sum(StructuralSchema schema, string path, double times, List<SchemaProblem> problems)
    {
        var sum = 0.0;
        for (var i = 0; i < schema.Rules.Count; i++)
        {
            var cost = times * Cost(
                schema.Rules[i].Program.Root,
                new Dictionary<string, StructuralSchema?> { ["self"] = schema, ["oldSelf"] = schema }).Cost;
            sum += cost;
            if (cost > OneRule)
            {
                problems.Add(new SchemaProblem(
                    Child(path, $"x-kubernetes-validations[{i}].rule"),
                    $"Forbidden: estimated rule cost {cost:0} exceeds budget {OneRule:0}; "
                    + "give the lists, maps and strings it looks at (or that hold it) a maximum"));
            }
        }

        foreach (var (name, property) in schema.Properties)
            sum += Sum(property, Child(path, $"properties[{name}]"), times, problems);
        if (schema.Items is { } items) sum += Sum(items, Child(path, "items"), times * Elements(schema), problems);
        if (schema.AdditionalProperties is { } any)
            sum += Sum(any, Child(path, "additionalProperties"), times * Elements(schema), problems);
        return sum;
    }

    private static string Child(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static double Elements(StructuralSchema? schema) => schema?.Type switch
    {
        SchemaType.Array => schema.Checks.MaxItems ?? LargestRequest / SmallestSize(schema.Items),
        SchemaType.Object => schema.Checks.MaxProperties ?? LargestRequest / (3 + SmallestSize(schema.AdditionalProperties)),
        _ => LargestRequest,
    };

    /// <summary>Bytes that the shortest JSON of a value takes, with the comma.</summary>
    private static double SmallestSize(StructuralSchema? schema) => schema?.Type switch
    {
        SchemaType.String => 3 + (schema.Checks.MinLength ?? 0),
        SchemaType.Object => 3 + schema.Checks.Required.Sum(name => name.Length + 3 + SmallestSize(schema.Property(name))),
        SchemaType.Array => 3,
        _ => 2,
    };

    private static double Length(StructuralSchema? schema) =>
        schema is { Type: SchemaType.String }
            ? schema.Checks.MaxLength ?? (schema.Checks.Enum.Count > 0 ? 64 : LargestRequest)
            : LargestRequest;

    /// <summary>The cost of an expression, the schema of what it gives, and how many
    /// elements or characters that has at most.</summary>
    private static (double Cost, StructuralSchema? Schema, double Size) Cost(
        CelExpression expression, IReadOnlyDictionary<string, StructuralSchema?> known)
    {
        switch (expression)
        {
            case CelExpression.Literal literal:
                return (0, null, literal.Value.ToString().Length);
            case CelExpression.Identifier identifier:
                var found = known.GetValueOrDefault(identifier.Name);
                return (1, found, SizeOf(found));
            case CelExpression.Select select:
                var operand = Cost(select.Operand, known);
                var field = FieldOf(operand.Schema, select.Field);
                return (operand.Cost + 1, field, SizeOf(field));
            case CelExpression.Has has:
                return (Cost(has.Operand, known).Cost + 1, null, 1);
            case CelExpression.List list:
                return (list.Elements.Sum(e => Cost(e, known).Cost) + 10, null, list.Elements.Count);
            case CelExpression.Map map:
                return (map.Entries.Sum(e => Cost(e.Key, known).Cost + Cost(e.Value, known).Cost) + 30, null, map.Entries.Count);
            case CelExpression.Comprehension comprehension:
                return OfComprehension(comprehension, known);
            default:
                return OfCall((CelExpression.Call)expression, known);
        }
    }

    private static (double Cost, StructuralSchema? Schema, double Size) OfComprehension(
        CelExpression.Comprehension comprehension, IReadOnlyDictionary<string, StructuralSchema?> known)
    {
        var range = Cost(comprehension.Range, known);
        var element = range.Schema?.Type == SchemaType.Array ? range.Schema.Items : null;
        var inner = new Dictionary<string, StructuralSchema?>(known) { [comprehension.Variable] = element };
        var body = Cost(comprehension.Body, inner).Cost + (comprehension.Filter is { } filter ? Cost(filter, inner).Cost : 0);
        var many = range.Schema is null ? range.Size : Elements(range.Schema);
        return (range.Cost + (many * (body + 2)), comprehension.Macro == CelMacro.Filter ? range.Schema : null, many);
    }

    private static (double Cost, StructuralSchema? Schema, double Size) OfCall(
        CelExpression.Call call, IReadOnlyDictionary<string, StructuralSchema?> known)
    {
        var arguments = call.Arguments.Select(argument => Cost(argument, known)).ToList();
        var cost = arguments.Sum(argument => argument.Cost) + 1;
        var first = arguments.FirstOrDefault();
        switch (call.Function)
        {
            case "_&&_" or "_||_" or "!_" or "size" or "-_" or "type":
                return (cost, null, 1);
            case "_?_:_":
                return (cost, arguments[1].Schema, Math.Max(arguments[1].Size, arguments[2].Size));
            case "_[_]":
                var element = first.Schema?.Type == SchemaType.Array ? first.Schema.Items : first.Schema?.AdditionalProperties;
                return (cost, element, SizeOf(element));
            case "_==_" or "_!=_":
                // Both are compared up to the end of the shorter one.
                return (cost + (arguments.Min(argument => argument.Size) * 0.1), null, 1);
            case "@in":
                return (cost + arguments[1].Size, null, 1);
            case "matches" or "find" or "findAll":
                return (cost + ((1 + (first.Size * 0.1)) * (1 + (arguments[1].Size * 0.25))), null, first.Size);
            default:
                return (cost + (arguments.Sum(argument => argument.Size) * 0.1), null, arguments.Sum(argument => argument.Size));
        }
    }

    private static StructuralSchema? FieldOf(StructuralSchema? schema, string field) =>
        schema?.Properties.FirstOrDefault(property => RuleNames.Escape(property.Key) == field).Value
        ?? schema?.AdditionalProperties;

    private static double SizeOf(StructuralSchema? schema) => schema?.Type switch
    {
        null or SchemaType.String => schema is null ? 64 : Length(schema),
        SchemaType.Array => Elements(schema),
        SchemaType.Object => schema.AdditionalProperties is null ? schema.Properties.Count : Elements(schema),
        _ => 1,
    };
}
