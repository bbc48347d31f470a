using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas;

/// <summary>One mistake in an object.</summary>
/// <param name="Message">What is wrong, without the path, in the words of the API server.</param>
public sealed record FieldError(FieldErrorKind Kind, FieldPath Path, string Message)
{
    /// <summary>The <c>reason</c> of a cause in a Status.</summary>
    public string Reason => Kind.ToString();

    public static FieldError Invalid(FieldPath path, JsonNode? value, string detail) =>
        new(FieldErrorKind.FieldValueInvalid, path, $"Invalid value: {Show(value)}: {detail}");

    /// <param name="what">Stands for a value that is too large to show, such as "object".</param>
    public static FieldError Invalid(FieldPath path, string what, string detail) =>
        new(FieldErrorKind.FieldValueInvalid, path, $"Invalid value: \"{what}\": {detail}");

    public static FieldError WrongType(FieldPath path, JsonNode? value, string wanted)
    {
        var found = JsonScalar.TypeName(value);
        return new(
            FieldErrorKind.FieldValueTypeInvalid, path,
            $"Invalid value: \"{found}\": {path} in body must be of type {wanted}: \"{found}\"");
    }

    public static FieldError Required(FieldPath path) => new(FieldErrorKind.FieldValueRequired, path, "Required value");

    public static FieldError Duplicate(FieldPath path, JsonNode? value) =>
        new(FieldErrorKind.FieldValueDuplicate, path, $"Duplicate value: {Show(value)}");

    public static FieldError NotSupported(FieldPath path, JsonNode? value, IEnumerable<JsonNode?> supported) =>
        new(
            FieldErrorKind.FieldValueNotSupported, path,
            $"Unsupported value: {Show(value)}: supported values: {string.Join(", ", supported.Select(Show))}");

    public static FieldError TooLong(FieldPath path, long most) =>
        new(FieldErrorKind.FieldValueTooLong, path, $"Too long: may not be longer than {most}");

    public static FieldError TooMany(FieldPath path, long found, long most) =>
        new(FieldErrorKind.FieldValueTooMany, path, $"Too many: {found}: must have at most {most} items");

    public override string ToString() => $"{Path}: {Message}";

    private static string Show(JsonNode? value) => value is null ? "\"null\"" : value.ToJsonString(JsonScalar.Readable);
}
