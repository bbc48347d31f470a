using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Cel.Functions;

/// <summary>One overload of a function, a method (its target is the first parameter) or an operator.</summary>
/// <param name="Apply">Total: what goes wrong comes back as an <see cref="ErrorValue"/>.
/// Never sees an error as an argument.</param>
/// <param name="AtRunTimeOnly">Serves values whose types the checker could not know;
/// the checker itself does not offer it.</param>
internal sealed record CelFunction(
    string Name,
    bool IsMember,
    IReadOnlyList<CelType> Parameters,
    CelType Result,
    Func<IReadOnlyList<CelValue>, CelValue> Apply,
    bool AtRunTimeOnly = false)
{
    public bool Takes(IReadOnlyList<CelValue> arguments)
    {
        if (arguments.Count != Parameters.Count) return false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var wanted = Parameters[i].Kind;
            if (wanted is CelTypeKind.Dyn or CelTypeKind.Parameter) continue;
            if (wanted != arguments[i].Type.Kind) return false;
        }

        return true;
    }
}
