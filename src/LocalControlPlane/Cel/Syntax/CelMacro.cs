namespace LocalControlPlane.Cel.Syntax;

/// <summary>The macros that walk a list, or the keys of a map.</summary>
public enum CelMacro
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}
