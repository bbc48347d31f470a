namespace LocalControlPlane.Cel;

/// <summary>The text is not an expression of the language.</summary>
/// <param name="position">Index of the character at fault.</param>
public sealed class CelSyntaxException(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}
