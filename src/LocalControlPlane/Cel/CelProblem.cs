namespace LocalControlPlane.Cel;

/// <summary>Why an expression cannot be used.</summary>
/// <param name="Position">Index of the character at fault.</param>
public sealed record CelProblem(string Message, int Position)
{
    public override string ToString() => $"at character {Position + 1}: {Message}";
}
