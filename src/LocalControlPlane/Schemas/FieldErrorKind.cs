namespace LocalControlPlane.Schemas;

/// <summary>Sorts of mistakes, named like the reasons in the causes of a Status.</summary>
public enum FieldErrorKind
{
    FieldValueInvalid,
    FieldValueTypeInvalid,
    FieldValueRequired,
    FieldValueDuplicate,
    FieldValueNotSupported,
    FieldValueForbidden,
    FieldValueTooLong,
    FieldValueTooMany,
}
