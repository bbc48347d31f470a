namespace LocalControlPlane.Cel.Types;

public enum CelTypeKind
{
    /// <summary>Known only when the rule runs.</summary>
    Dyn,
    Int,
    Uint,
    Double,
    Bool,
    String,
    Bytes,
    Null,
    Timestamp,
    Duration,
    List,
    Map,

    /// <summary>An object of a schema, with named fields.</summary>
    Object,
    Type,

    /// <summary>Kubernetes' URL.</summary>
    Url,

    /// <summary>Stands for any one type in the signature of a function.</summary>
    Parameter,
}
