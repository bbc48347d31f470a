using System.Text.Json.Nodes;
using LocalControlPlane.Schemas.Rules;

namespace LocalControlPlane.Schemas;

/// <summary>Checks a whole object: structure, values, then rules.</summary>
public static class SchemaValidation
{
    private static readonly HashSet<FieldErrorKind> Blocking =
    [
        FieldErrorKind.FieldValueTypeInvalid, FieldErrorKind.FieldValueRequired,
        FieldErrorKind.FieldValueTooLong, FieldErrorKind.FieldValueTooMany,
    ];

    /// <summary>Every mistake, in the order of the schema. Rules are not run on an object whose structure is wrong,
    /// and a last entry says so.</summary>
    /// <param name="old">
    /// What is stored, on an update: transition rules compare with it, and what did not change is not refused for a schema that
    /// has become stricter since (as Kubernetes ratchets). Null at creation.
    /// </param>
    public static IReadOnlyList<FieldError> Validate(StructuralSchema schema, JsonObject value, JsonObject? old = null)
    {
        var errors = new List<FieldError>();
        new ValueValidator(errors).Check(schema, value, new Correlated(old, old is not null), FieldPath.Root);
        if (!RuleValidator.HasRules(schema)) return errors;

        if (errors.Exists(error => Blocking.Contains(error.Kind)))
        {
            errors.Add(FieldError.Invalid(
                FieldPath.Root, "null", "some validation rules were not checked because the object was invalid; "
                    + "correct the existing errors to complete validation"));
        }
        else
        {
            new RuleValidator(errors).Check(schema, value, new Correlated(old, old is not null), FieldPath.Root, isRoot: true);
        }

        return errors;
    }
}
