namespace LocalControlPlane.Cel.Syntax;

internal enum CelTokenKind
{
    End,
    Identifier,
    Int,
    Uint,
    Double,
    String,
    Bytes,

    /// <summary>An operator or a bracket; its text says which.</summary>
    Symbol,
}
