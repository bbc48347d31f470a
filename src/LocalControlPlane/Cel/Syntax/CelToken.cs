namespace LocalControlPlane.Cel.Syntax;

/// <param name="Text">The source text; of a string the value, with its escapes resolved.</param>
/// <param name="Bytes">The value of a bytes literal, else empty.</param>
/// <param name="Position">Index of its first character in the source.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, byte[] Bytes, int Position)
{
    public bool Is(string symbol) => Kind == CelTokenKind.Symbol && Text == symbol;
}
