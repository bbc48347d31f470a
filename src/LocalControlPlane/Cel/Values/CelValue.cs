using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>What an expression gives. Immutable. An error is a value too, because <c>&amp;&amp;</c>,
/// <c>||</c> and <c>?:</c> may absorb it.</summary>
public abstract class CelValue
{
    public abstract CelType Type { get; }

    /// <summary>Equality of the language: numbers by value across kinds, other kinds never equal one another.</summary>
    public abstract bool EqualTo(CelValue other);

    /// <summary>-1, 0 or 1, or null when the two have no order.</summary>
    public virtual int? CompareTo(CelValue other) => null;

    /// <summary>What a message shows.</summary>
    public abstract override string ToString();
}
