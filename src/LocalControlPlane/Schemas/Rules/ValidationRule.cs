using LocalControlPlane.Cel;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Schemas.Rules;

/// <summary>One entry of <c>x-kubernetes-validations</c>, compiled.</summary>
/// <param name="Message">What the user reads when it does not hold; never empty.</param>
public sealed record ValidationRule(CelProgram Program, string Message)
{
    /// <summary>It compares with the old value, and so runs only where there is one.</summary>
    public bool IsTransition => Program.Variables.Contains("oldSelf");

    internal static ValidationRule? TryCompile(
        StructuralSchema schema, string rule, string message, bool isRoot, out string problem)
    {
        if (string.IsNullOrWhiteSpace(rule))
        {
            problem = "a rule must not be empty";
            return null;
        }

        var type = isRoot ? RuleTypes.OfRoot(schema) : schema.RuleType;
        if (type is null)
        {
            problem = "rules cannot look at a value without a type";
            return null;
        }

        var program = CelProgram.TryCompile(
            rule, new Dictionary<string, CelType> { ["self"] = type, ["oldSelf"] = type }, out var problems);
        problem = string.Join("; ", problems);
        if (program is null) return null;
        if (program.Result.Kind is CelTypeKind.Bool or CelTypeKind.Dyn)
        {
            return new ValidationRule(
                program, string.IsNullOrWhiteSpace(message) ? $"failed rule: {rule.Trim()}" : message.Trim());
        }

        problem = $"a rule must give a bool, and this one gives {program.Result}";
        return null;
    }
}
