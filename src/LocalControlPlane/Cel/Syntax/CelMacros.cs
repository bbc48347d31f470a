namespace LocalControlPlane.Cel.Syntax;

/// <summary>The macros of the specification that walk a list or a map ("Macros").</summary>
internal static class CelMacros
{
    /// <summary>The node for a macro, or null when the call is a plain method.</summary>
    /// <exception cref="CelSyntaxException">The name and count are a macro's and the variable is not a plain name.</exception>
    public static CelExpression? TryExpand(CelExpression range, CelToken name, IReadOnlyList<CelExpression> arguments)
    {
        CelMacro? macro = (name.Text, arguments.Count) switch
        {
            ("all", 2) => CelMacro.All,
            ("exists", 2) => CelMacro.Exists,
            ("exists_one", 2) => CelMacro.ExistsOne,
            ("filter", 2) => CelMacro.Filter,
            ("map", 2 or 3) => CelMacro.Map,
            _ => null,
        };
        if (macro is not { } known) return null;
        if (arguments[0] is not CelExpression.Identifier variable)
        {
            throw new CelSyntaxException(
                $"the first argument of {name.Text}() must be a plain name for the element", arguments[0].Position);
        }

        var filter = arguments.Count == 3 ? arguments[1] : null;
        return new CelExpression.Comprehension(known, range, variable.Name, filter, arguments[^1], name.Position);
    }
}
