using System.Globalization;

namespace LocalControlPlane.Cel.Syntax;

/// <summary>Text to tokens (CEL specification, "Syntax"). White space and comments fall away.</summary>
internal sealed class CelLexer(string source)
{
    private static readonly string[] Symbols =
        [
            "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!",
            "?", ":", ".", ",", "(", ")", "[", "]", "{", "}",
        ];

    private int _at;

    public static IReadOnlyList<CelToken> Tokens(string source)
    {
        var lexer = new CelLexer(source);
        var tokens = new List<CelToken>();
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != CelTokenKind.End);
        return tokens;
    }

    private CelToken Next()
    {
        SkipSpace();
        if (_at >= source.Length) return new CelToken(CelTokenKind.End, "", [], source.Length);

        var c = source[_at];
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < source.Length && char.IsAsciiDigit(source[_at + 1]))) return Number();
        if (CelStringReader.StartsAt(source, _at))
        {
            var start = _at;
            var literal = CelStringReader.Read(source, ref _at);
            return literal.IsBytes
                ? new CelToken(CelTokenKind.Bytes, "", literal.Bytes, start)
                : new CelToken(CelTokenKind.String, literal.Text, [], start);
        }

        return c == '_' || char.IsAsciiLetter(c) ? Identifier() : Symbol();
    }

    private void SkipSpace()
    {
        while (_at < source.Length)
        {
            if (source[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (source.AsSpan(_at).StartsWith("//"))
            {
                while (_at < source.Length && source[_at] != '\n') _at++;
            }
            else
            {
                return;
            }
        }
    }

    private CelToken Identifier()
    {
        var start = _at;
        while (_at < source.Length && (source[_at] == '_' || char.IsAsciiLetterOrDigit(source[_at]))) _at++;
        return new CelToken(CelTokenKind.Identifier, source[start.._at], [], start);
    }

    private CelToken Number()
    {
        var start = _at;
        if (source.AsSpan(_at).StartsWith("0x"))
        {
            _at += 2;
            while (_at < source.Length && char.IsAsciiHexDigit(source[_at])) _at++;
            return Integer(start);
        }

        Digits();
        var isDouble = false;
        if (_at + 1 < source.Length && source[_at] == '.' && char.IsAsciiDigit(source[_at + 1]))
        {
            isDouble = true;
            _at++;
            Digits();
        }

        if (_at < source.Length && source[_at] is 'e' or 'E')
        {
            var mark = _at++;
            if (_at < source.Length && source[_at] is '+' or '-') _at++;
            if (_at < source.Length && char.IsAsciiDigit(source[_at]))
            {
                isDouble = true;
                Digits();
            }
            else
            {
                _at = mark;
            }
        }

        if (!isDouble) return Integer(start);

        var text = source[start.._at];
        return double.IsFinite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            ? new CelToken(CelTokenKind.Double, text, [], start)
            : throw new CelSyntaxException($"'{text}' is too large for a double", start);
    }

    private CelToken Integer(int start)
    {
        if (_at < source.Length && source[_at] is 'u' or 'U')
            return new CelToken(CelTokenKind.Uint, source[start.._at++], [], start);
        return new CelToken(CelTokenKind.Int, source[start.._at], [], start);
    }

    private void Digits()
    {
        while (_at < source.Length && char.IsAsciiDigit(source[_at])) _at++;
    }

    private CelToken Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (!source.AsSpan(_at).StartsWith(symbol)) continue;
            var token = new CelToken(CelTokenKind.Symbol, symbol, [], _at);
            _at += symbol.Length;
            return token;
        }

        throw new CelSyntaxException($"'{source[_at]}' has no meaning here", _at);
    }
}
