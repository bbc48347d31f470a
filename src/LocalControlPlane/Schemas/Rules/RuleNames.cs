using System.Text;

namespace LocalControlPlane.Schemas.Rules;

/// <summary>Names of properties as rules write them: what is no identifier is escaped.</summary>
internal static class RuleNames
{
    private static readonly HashSet<string> Keywords =
    [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop", "package", "namespace", "return", "void", "while", "var",
    ];

    /// <summary>Null for a property that no rule can reach.</summary>
    public static string? Escape(string property)
    {
        if (Keywords.Contains(property)) return $"__{property}__";
        if (property.Length == 0 || char.IsAsciiDigit(property[0])) return null;

        var escaped = new StringBuilder();
        for (var i = 0; i < property.Length; i++)
        {
            var c = property[i];
            if (c == '_' && i + 1 < property.Length && property[i + 1] == '_')
            {
                escaped.Append("__underscores__");
                i++;
            }
            else if (c == '_' || char.IsAsciiLetterOrDigit(c))
            {
                escaped.Append(c);
            }
            else if (c is '.' or '-' or '/')
            {
                escaped.Append(c switch { '.' => "__dot__", '-' => "__dash__", _ => "__slash__" });
            }
            else
            {
                return null;
            }
        }

        return escaped.ToString();
    }
}
