using System.Globalization;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Cel.Syntax;

/// <summary>
/// Tokens to a tree, by the grammar of the CEL specification ("Syntax") from the ternary down. Macros become nodes of
/// their own here. Depth is bounded, so that a hostile rule cannot exhaust the stack.
/// </summary>
internal sealed class CelParser
{
    /// <summary>As the reference implementation's limit on recursion.</summary>
    private const int MaxDepth = 250;

    /// <summary>A chain such as a + b + c nests to the left without the parser's recursion;
    /// those who walk the tree recurse.</summary>
    private const int MaxOperations = 2_000;

    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    ];

    private static readonly string[][] Levels =
        [["||"], ["&&"], ["<", "<=", ">=", ">", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];

    private readonly IReadOnlyList<CelToken> _tokens;
    private int _at;
    private int _depth;
    private int _operations;

    private CelParser(IReadOnlyList<CelToken> tokens) => _tokens = tokens;

    private CelToken Current => _tokens[_at];

    /// <exception cref="CelSyntaxException">The text is not an expression.</exception>
    public static CelExpression Parse(string source)
    {
        var parser = new CelParser(CelLexer.Tokens(source));
        var expression = parser.Ternary();
        return parser.Current.Kind == CelTokenKind.End
            ? expression
            : throw new CelSyntaxException($"'{parser.Current.Text}' is not expected here", parser.Current.Position);
    }

    private CelExpression Ternary()
    {
        if (++_depth > MaxDepth) throw new CelSyntaxException("the expression is nested too deeply", Current.Position);
        var condition = Binary(0);
        if (Current.Is("?"))
        {
            var position = Take().Position;
            var then = Binary(0);
            Expect(":");
            condition = new CelExpression.Call("_?_:_", false, [condition, then, Ternary()], position);
        }

        _depth--;
        return condition;
    }

    private CelExpression Binary(int level)
    {
        if (level == Levels.Length) return Unary();

        var left = Binary(level + 1);
        while (IsOperator(level))
        {
            var token = Take();
            CountOperation(token);
            var name = token.Text == "in" ? "@in" : $"_{token.Text}_";
            left = new CelExpression.Call(name, false, [left, Binary(level + 1)], token.Position);
        }

        return left;
    }

    private bool IsOperator(int level) =>
        (Current.Kind == CelTokenKind.Symbol || (Current.Kind == CelTokenKind.Identifier && Current.Text == "in"))
        && Levels[level].Contains(Current.Text);

    private CelExpression Unary()
    {
        if (++_depth > MaxDepth) throw new CelSyntaxException("the expression is nested too deeply", Current.Position);
        CelExpression result;
        if (Current.Is("!"))
        {
            var position = Take().Position;
            result = new CelExpression.Call("!_", false, [Unary()], position);
        }
        else if (Current.Is("-"))
        {
            var position = Take().Position;
            // The least int has no positive twin, so the sign belongs to the literal.
            result = Current.Kind switch
            {
                CelTokenKind.Int => Member(IntLiteral(Take(), "-", position)),
                CelTokenKind.Double => Member(DoubleLiteral(Take(), "-", position)),
                _ => new CelExpression.Call("-_", false, [Unary()], position),
            };
        }
        else
        {
            result = Member(Primary());
        }

        _depth--;
        return result;
    }

    private CelExpression Member(CelExpression operand)
    {
        while (true)
        {
            CountOperation(Current);
            if (Current.Is("."))
            {
                Take();
                var name = Name();
                operand = Current.Is("(") ? Method(operand, name) : new CelExpression.Select(operand, name.Text, name.Position);
            }
            else if (Current.Is("["))
            {
                var position = Take().Position;
                var index = Ternary();
                Expect("]");
                operand = new CelExpression.Call("_[_]", false, [operand, index], position);
            }
            else
            {
                return operand;
            }
        }
    }

    private CelExpression Method(CelExpression target, CelToken name)
    {
        var arguments = Arguments();
        return CelMacros.TryExpand(target, name, arguments)
            ?? new CelExpression.Call(name.Text, true, [target, .. arguments], name.Position);
    }

    private CelExpression Primary()
    {
        var token = Take();
        return token.Kind switch
        {
            CelTokenKind.Int => IntLiteral(token, "", token.Position),
            CelTokenKind.Uint => UintLiteral(token),
            CelTokenKind.Double => DoubleLiteral(token, "", token.Position),
            CelTokenKind.String => new CelExpression.Literal(new StringValue(token.Text), token.Position),
            CelTokenKind.Bytes => new CelExpression.Literal(new BytesValue(token.Bytes), token.Position),
            CelTokenKind.Identifier => Identifier(token),
            CelTokenKind.Symbol when token.Text == "." => Identifier(Name()),
            CelTokenKind.Symbol when token.Text == "(" => Parenthesised(),
            CelTokenKind.Symbol when token.Text == "[" => new CelExpression.List(Sequence("]"), token.Position),
            CelTokenKind.Symbol when token.Text == "{" => Map(token.Position),
            _ => throw new CelSyntaxException(
                token.Kind == CelTokenKind.End ? "the expression ends too early" : $"'{token.Text}' is not expected here",
                token.Position),
        };
    }

    private CelExpression Identifier(CelToken token)
    {
        switch (token.Text)
        {
            case "true": return new CelExpression.Literal(BoolValue.True, token.Position);
            case "false": return new CelExpression.Literal(BoolValue.False, token.Position);
            case "null": return new CelExpression.Literal(NullValue.Instance, token.Position);
            case "in": throw new CelSyntaxException("'in' needs a value before it", token.Position);
        }

        if (Reserved.Contains(token.Text)) throw new CelSyntaxException($"'{token.Text}' is a reserved word", token.Position);
        if (Current.Is("{"))
            throw new CelSyntaxException($"'{token.Text}{{' would build a message; rules of a CRD know none", token.Position);
        if (!Current.Is("(")) return new CelExpression.Identifier(token.Text, token.Position);

        var arguments = Arguments();
        if (token.Text != "has") return new CelExpression.Call(token.Text, false, arguments, token.Position);
        return arguments is [CelExpression.Select select]
            ? new CelExpression.Has(select.Operand, select.Field, token.Position)
            : throw new CelSyntaxException("has() takes one field selection, such as has(self.name)", token.Position);
    }

    private CelExpression Parenthesised()
    {
        var inner = Ternary();
        Expect(")");
        return inner;
    }

    private List<CelExpression> Arguments()
    {
        Expect("(");
        return Sequence(")");
    }

    private List<CelExpression> Sequence(string end)
    {
        var elements = new List<CelExpression>();
        while (!Current.Is(end))
        {
            elements.Add(Ternary());
            if (Current.Is(end)) break;
            Expect(",");
            if (Current.Is(end) && end == ")") throw new CelSyntaxException("an argument is missing", Current.Position);
        }

        Take();
        return elements;
    }

    private CelExpression.Map Map(int position)
    {
        var entries = new List<KeyValuePair<CelExpression, CelExpression>>();
        while (!Current.Is("}"))
        {
            var key = Ternary();
            Expect(":");
            entries.Add(new(key, Ternary()));
            if (!Current.Is("}")) Expect(",");
        }

        Take();
        return new CelExpression.Map(entries, position);
    }

    private static CelExpression.Literal IntLiteral(CelToken token, string sign, int position)
    {
        var isHex = token.Text.StartsWith("0x", StringComparison.Ordinal);
        var digits = isHex ? token.Text[2..] : token.Text;
        var fits = System.Numerics.BigInteger.TryParse(
            isHex ? "0" + digits : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out var value);
        if (sign.Length > 0) value = -value;
        return fits && value >= long.MinValue && value <= long.MaxValue
            ? new CelExpression.Literal(new IntValue((long)value), position)
            : throw new CelSyntaxException($"'{sign}{token.Text}' is not a 64-bit integer", position);
    }

    private static CelExpression.Literal UintLiteral(CelToken token)
    {
        var isHex = token.Text.StartsWith("0x", StringComparison.Ordinal);
        return ulong.TryParse(
            isHex ? token.Text[2..] : token.Text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var value)
            ? new CelExpression.Literal(new UintValue(value), token.Position)
            : throw new CelSyntaxException($"'{token.Text}u' is not a 64-bit unsigned integer", token.Position);
    }

    private static CelExpression.Literal DoubleLiteral(CelToken token, string sign, int position) =>
        new(new DoubleValue(double.Parse(sign + token.Text, NumberStyles.Float, CultureInfo.InvariantCulture)), position);

    private void CountOperation(CelToken at)
    {
        if (++_operations > MaxOperations)
            throw new CelSyntaxException($"the expression has more than {MaxOperations} operations", at.Position);
    }

    private CelToken Name() =>
        Current.Kind == CelTokenKind.Identifier && Current.Text is not ("in" or "true" or "false" or "null")
            ? Take()
            : throw new CelSyntaxException("a name must follow", Current.Position);

    private CelToken Take() => Current.Kind == CelTokenKind.End ? Current : _tokens[_at++];

    private void Expect(string symbol)
    {
        if (!Current.Is(symbol)) throw new CelSyntaxException($"'{symbol}' must follow", Current.Position);
        Take();
    }
}
