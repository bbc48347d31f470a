namespace KubectlSstp.Output;

/// <summary>One place in a <see cref="Report"/>.</summary>
/// <param name="Text">As it comes, from wherever: what could steer a terminal is taken out when it is shown.</param>
/// <param name="Colour">Of Spectre.Console; null for none. Nothing is ever said by colour alone.</param>
internal readonly record struct Cell(string Text, string? Colour = null)
{
    public static implicit operator Cell(string text) => new(text);

    /// <summary>Control characters as <c>\u001B</c>: names and messages come from strangers (a
    /// client says what it is in its own words).</summary>
    public string Plain =>
        Text.Any(c => char.IsControl(c) || IsInvisible(c))
            ? string.Concat(
                Text.Select(c => char.IsControl(c) || IsInvisible(c) ? c == '\n' ? " " : $"\\u{(int)c:X4}" : c.ToString()))
            : Text;

    // Marks that turn the direction of what follows (Unicode 3.3.3 of UAX 9) would let a name show as another.
    private static bool IsInvisible(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
