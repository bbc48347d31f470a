using System.Text.Json.Nodes;
using LocalControlPlane.Cel;

namespace LocalControlPlane.Schemas;

/// <summary>Checks types and values against a schema; all but the rules.</summary>
internal sealed class ValueValidator(List<FieldError> errors)
{
    public void Check(StructuralSchema schema, JsonNode? value, Correlated old, FieldPath path)
    {
        if (old.IsUnchanged(value)) return;
        if (value is null)
        {
            if (!schema.IsNullable && schema.Type != SchemaType.Any)
                errors.Add(FieldError.WrongType(path, null, TypeName(schema.Type)));
            return;
        }

        if (!HasType(schema, value))
        {
            errors.Add(FieldError.WrongType(path, value, schema.IsIntOrString ? "integer,string" : TypeName(schema.Type)));
            return;
        }

        if (schema.Checks.Enum.Count > 0 && !schema.Checks.Enum.Any(allowed => JsonNode.DeepEquals(allowed, value)))
        {
            errors.Add(FieldError.NotSupported(path, value, schema.Checks.Enum));
        }

        switch (value)
        {
            case JsonObject fields: CheckObject(schema, fields, old, path); break;
            case JsonArray elements: CheckArray(schema, elements, old, path); break;
            default: CheckScalar(schema, value, path); break;
        }

        CheckJunctors(schema.Checks, value, path);
    }

    private static bool HasType(StructuralSchema schema, JsonNode value)
    {
        if (schema.IsIntOrString) return JsonScalar.TryText(value, out _) || JsonScalar.TryInteger(value, out _);
        return schema.Type switch
        {
            SchemaType.Object => value is JsonObject,
            SchemaType.Array => value is JsonArray,
            SchemaType.String => JsonScalar.TryText(value, out _),
            SchemaType.Integer => JsonScalar.TryInteger(value, out _),
            SchemaType.Number => JsonScalar.TryNumber(value, out _),
            SchemaType.Boolean => JsonScalar.TryBoolean(value, out _),
            _ => true,
        };
    }

    private static string TypeName(SchemaType type) => type.ToString().ToLowerInvariant();

    private void CheckObject(StructuralSchema schema, JsonObject fields, Correlated old, FieldPath path)
    {
        foreach (var name in schema.Checks.Required)
        {
            if (!fields.ContainsKey(name)) errors.Add(FieldError.Required(path.Field(name)));
        }

        if (schema.Checks.MaxProperties is { } most && fields.Count > most)
            errors.Add(FieldError.TooMany(path, fields.Count, most));
        if (schema.Checks.MinProperties is { } least && fields.Count < least)
        {
            errors.Add(FieldError.Invalid(path, fields, $"{path} in body should have at least {least} properties"));
        }

        foreach (var (name, inner) in fields)
        {
            if (schema.Properties.TryGetValue(name, out var property)) Check(property, inner, old.Field(name), path.Field(name));
            else if (schema.AdditionalProperties is { } any) Check(any, inner, old.Field(name), path.Key(name));
        }

        if (schema.IsEmbeddedResource)
        {
            foreach (var name in new[] { "apiVersion", "kind" })
            {
                if (JsonScalar.TextOf(fields[name]) is not { Length: > 0 }) errors.Add(FieldError.Required(path.Field(name)));
            }
        }
    }

    private void CheckArray(StructuralSchema schema, JsonArray elements, Correlated old, FieldPath path)
    {
        if (schema.Checks.MaxItems is { } most && elements.Count > most)
            errors.Add(FieldError.TooMany(path, elements.Count, most));
        if (schema.Checks.MinItems is { } least && elements.Count < least)
        {
            errors.Add(FieldError.Invalid(path, elements, $"{path} in body should have at least {least} items"));
        }

        for (var i = 0; schema.Items is { } items && i < elements.Count; i++)
        {
            Check(items, elements[i], old.Element(schema, elements[i]), path.Index(i));
        }

        ListUniqueness.Check(schema, elements, path, errors);
    }

    private void CheckScalar(StructuralSchema schema, JsonNode value, FieldPath path)
    {
        var checks = schema.Checks;
        if (JsonScalar.TryText(value, out var text))
        {
            CheckText(schema, text, value, path);
        }
        else if (JsonScalar.TryNumber(value, out var number))
        {
            if (checks.Minimum is { } minimum && (number < minimum || (checks.MinimumIsExclusive && number == minimum)))
            {
                errors.Add(FieldError.Invalid(
                    path, value,
                    $"{path} in body should be greater than {(checks.MinimumIsExclusive ? "" : "or equal to ")}{minimum}"));
            }

            if (checks.Maximum is { } maximum && (number > maximum || (checks.MaximumIsExclusive && number == maximum)))
            {
                errors.Add(FieldError.Invalid(
                    path, value,
                    $"{path} in body should be less than {(checks.MaximumIsExclusive ? "" : "or equal to ")}{maximum}"));
            }

            if (checks.MultipleOf is { } factor && Math.Abs((number / factor) - Math.Round(number / factor)) > 1e-9)
            {
                errors.Add(FieldError.Invalid(path, value, $"{path} in body should be a multiple of {factor}"));
            }

            if (schema.Format == "int32" && number is < int.MinValue or > int.MaxValue)
            {
                errors.Add(FieldError.Invalid(path, value, $"{path} in body must be of type integer with format int32"));
            }
        }
    }

    private void CheckText(StructuralSchema schema, string text, JsonNode value, FieldPath path)
    {
        var checks = schema.Checks;
        var length = text.EnumerateRunes().Count();
        if (checks.MaxLength is { } most && length > most) errors.Add(FieldError.TooLong(path, most));
        if (checks.MinLength is { } least && length < least)
        {
            errors.Add(FieldError.Invalid(path, value, $"{path} in body should be at least {least} chars long"));
        }

        if (checks.Pattern is { } pattern && Re2.TryCompile(pattern, out var regex, out _) && !regex.IsMatch(text))
        {
            errors.Add(FieldError.Invalid(path, value, $"{path} in body should match '{pattern}'"));
        }

        if (!StringFormats.Holds(schema.Format, text))
        {
            errors.Add(FieldError.Invalid(path, value, $"{path} in body must be of type {schema.Format}: \"{text}\""));
        }
    }

    private void CheckJunctors(ValueChecks checks, JsonNode value, FieldPath path)
    {
        foreach (var inner in checks.AllOf) Check(inner, value, Correlated.None, path);
        if (checks.AnyOf.Count > 0 && !checks.AnyOf.Any(inner => Holds(inner, value, path)))
        {
            errors.Add(
                FieldError.Invalid(path, JsonScalar.TypeName(value), $"\"{path}\" must validate at least one schema (anyOf)"));
        }

        if (checks.OneOf.Count > 0 && checks.OneOf.Count(inner => Holds(inner, value, path)) is var many and not 1)
        {
            var found = many == 0 ? "none" : "several";
            errors.Add(FieldError.Invalid(
                path, JsonScalar.TypeName(value),
                $"\"{path}\" must validate one and only one schema (oneOf). Found {found} valid"));
        }

        if (checks.Not is { } not && Holds(not, value, path))
        {
            errors.Add(FieldError.Invalid(path, JsonScalar.TypeName(value), $"\"{path}\" must not validate the schema (not)"));
        }
    }

    private static bool Holds(StructuralSchema schema, JsonNode value, FieldPath path)
    {
        var found = new List<FieldError>();
        new ValueValidator(found).Check(schema, value, Correlated.None, path);
        return found.Count == 0;
    }
}
