namespace LocalControlPlane.Schemas;

/// <summary>The JSON type that a schema asks for.</summary>
public enum SchemaType
{
    /// <summary>Any: only together with int-or-string or preserve-unknown-fields,
    /// and inside allOf, anyOf, oneOf and not.</summary>
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}
