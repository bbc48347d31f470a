using System.Text;

namespace Operator.Dns.Providers.Http;

/// <summary>Makes what a stranger wrote fit for a status, an event and a log.</summary>
public static class SafeWords
{
    private const string Ellipsis = "...";

    /// <summary>One line of printable characters, at most <see cref="ProviderFailure.MaxWords"/>,
    /// with secrets blotted out.</summary>
    /// <param name="secrets">Those of 4 characters and more; shorter ones would blot out innocent words.</param>
    public static string From(string words, IReadOnlyList<string> secrets)
    {
        // More than is shown is looked at, so that a secret across the cut does not survive in part.
        var text = words.Length > 4 * ProviderFailure.MaxWords ? words[..(4 * ProviderFailure.MaxWords)] : words;
        foreach (var secret in secrets)
        {
            if (secret.Length < 4) continue;
            text = text.Replace(secret, "***", StringComparison.Ordinal);
            text = text.Replace(Uri.EscapeDataString(secret), "***", StringComparison.OrdinalIgnoreCase);
        }

        var line = new StringBuilder();
        foreach (var letter in text)
        {
            if (line.Length > ProviderFailure.MaxWords) break;
            if (!char.IsControl(letter) && !char.IsWhiteSpace(letter) && !char.IsSurrogate(letter)) line.Append(letter);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        var shown = line.ToString().TrimEnd();
        return shown.Length <= ProviderFailure.MaxWords
            ? shown
            : shown[..(ProviderFailure.MaxWords - Ellipsis.Length)] + Ellipsis;
    }
}
