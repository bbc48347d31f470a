using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Cel.Syntax;

/// <summary>A node of the tree that the parser makes and the checker and the evaluator walk.</summary>
/// <param name="Position">Index in the source, for messages.</param>
public abstract record CelExpression(int Position)
{
    public sealed record Literal(CelValue Value, int Position) : CelExpression(Position);

    public sealed record Identifier(string Name, int Position) : CelExpression(Position);

    /// <summary><c>operand.field</c>.</summary>
    public sealed record Select(CelExpression Operand, string Field, int Position) : CelExpression(Position);

    /// <summary><c>has(operand.field)</c>.</summary>
    public sealed record Has(CelExpression Operand, string Field, int Position) : CelExpression(Position);

    /// <summary>A function, a method (the target is then the first argument) or an operator, named like <c>_+_</c>.</summary>
    public sealed record Call(string Function, bool IsMember, IReadOnlyList<CelExpression> Arguments, int Position)
        : CelExpression(Position);

    public sealed record List(IReadOnlyList<CelExpression> Elements, int Position) : CelExpression(Position);

    public sealed record Map(IReadOnlyList<KeyValuePair<CelExpression, CelExpression>> Entries, int Position)
        : CelExpression(Position);

    /// <summary><c>range.all(variable, body)</c> and its kin.</summary>
    /// <param name="Filter">Only of <c>map</c> with three arguments: elements it refuses are left out.</param>
    public sealed record Comprehension(
        CelMacro Macro, CelExpression Range, string Variable, CelExpression? Filter,
        CelExpression Body, int Position) : CelExpression(Position);
}
