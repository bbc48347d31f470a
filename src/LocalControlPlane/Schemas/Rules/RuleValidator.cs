using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using LocalControlPlane.Cel;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Schemas.Rules;

/// <summary>Runs the rules of a schema on an object whose structure is known to be right.</summary>
internal sealed class RuleValidator(List<FieldError> errors)
{
    private static readonly ConditionalWeakTable<StructuralSchema, StrongBox<bool>> Ruled = [];

    private readonly CelBudget _budget = new(CelBudget.OneObject);

    /// <summary>There is a rule in this schema or below it.</summary>
    public static bool HasRules(StructuralSchema schema) => Ruled.GetValue(schema, s => new StrongBox<bool>(
        s.Rules.Count > 0 || s.Properties.Values.Any(HasRules)
        || (s.Items is not null && HasRules(s.Items))
        || (s.AdditionalProperties is not null && HasRules(s.AdditionalProperties)))).Value;

    public void Check(StructuralSchema schema, JsonNode? value, Correlated old, FieldPath path, bool isRoot = false)
    {
        if (value is null || !HasRules(schema)) return;
        if (schema.Rules.Count > 0) Run(schema, value, old, path);

        switch (value)
        {
            case JsonObject fields:
                foreach (var (name, inner) in fields)
                {
                    if (isRoot && name == "metadata") continue;
                    if (schema.Properties.TryGetValue(name, out var property))
                        Check(property, inner, old.Field(name), path.Field(name));
                    else if (schema.AdditionalProperties is { } any) Check(any, inner, old.Field(name), path.Key(name));
                }

                break;

            case JsonArray elements when schema.Items is { } items:
                for (var i = 0; i < elements.Count; i++)
                    Check(items, elements[i], old.Element(schema, elements[i]), path.Index(i));
                break;
        }
    }

    private void Run(StructuralSchema schema, JsonNode value, Correlated old, FieldPath path)
    {
        // An unchanged value is not refused by a rule that came later; a transition rule compares in any case.
        var isUnchanged = old.IsUnchanged(value);
        var variables = new Dictionary<string, CelValue> { ["self"] = RuleValues.Of(schema, value) };
        if (old is { IsThere: true, Value: not null }) variables["oldSelf"] = RuleValues.Of(schema, old.Value);

        foreach (var rule in schema.Rules)
        {
            if (rule.IsTransition ? !variables.ContainsKey("oldSelf") : isUnchanged) continue;

            var budget = new CelBudget(Math.Min(CelBudget.OneRule, _budget.Left));
            var given = budget.Left;
            var verdict = rule.Program.Evaluate(variables, budget);
            var isAffordable = _budget.TrySpend(given - budget.Left);
            switch (verdict)
            {
                case BoolValue { Value: true }: break;
                case BoolValue: errors.Add(Refusal(path, value, rule.Message)); break;
                case ErrorValue error:
                    errors.Add(Refusal(path, value, $"{error.Message} evaluating rule: {rule.Message}"));
                    break;
                default: errors.Add(Refusal(path, value, $"a rule gave {verdict.Type} instead of a bool: {rule.Message}")); break;
            }

            if (!isAffordable) return;
        }
    }

    private static FieldError Refusal(FieldPath path, JsonNode value, string message) =>
        value is JsonObject or JsonArray
            ? FieldError.Invalid(path, JsonScalar.TypeName(value), message)
            : FieldError.Invalid(path, value, message);
}
