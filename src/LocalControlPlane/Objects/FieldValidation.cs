namespace LocalControlPlane.Objects;

/// <summary>What happens to fields that the schema does not know, and to properties that come twice.</summary>
public enum FieldValidation
{
    /// <summary>Dropped in silence.</summary>
    Ignore,

    /// <summary>Dropped, and the client is told in a Warning header.</summary>
    Warn,

    /// <summary>Refused.</summary>
    Strict,
}
