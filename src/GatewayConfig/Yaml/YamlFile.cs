using System.Diagnostics.CodeAnalysis;

namespace GatewayConfig.Yaml;

/// <summary>How a file of one kind is read: its shape first, then its rules, so that one reading finds all mistakes.</summary>
/// <param name="maxLength">Characters of a file at most.</param>
/// <param name="holdsSecrets">See <see cref="YamlProblems.HoldsSecrets"/>.</param>
/// <param name="read">From the top of the document to the record.</param>
/// <param name="check">The rules.</param>
internal sealed class YamlFile<T>(
    int maxLength, bool holdsSecrets, Func<YamlSection, T> read, Func<T, IReadOnlyList<ConfigurationError>> check)
    where T : class
{
    /// <param name="content">Null when there is any mistake.</param>
    /// <param name="errors">All mistakes in the order of the file; what cannot be read first, then what is not allowed.</param>
    public bool TryRead(string text, [NotNullWhen(true)] out T? content, out IReadOnlyList<ConfigurationError> errors)
    {
        content = null;
        if (text.Length > maxLength)
        {
            errors = [new ConfigurationError("", $"the file has {text.Length} characters; give at most {maxLength}")];
            return false;
        }

        var problems = new YamlProblems { HoldsSecrets = holdsSecrets };
        var root = YamlShape.Load(text, problems);
        if (root is not null || problems.Errors.Count == 0)
        {
            var found = YamlSection.Read(root, "", problems, read);
            problems.AddUnlessUnread(check(found));
            content = problems.Errors.Count == 0 ? found : null;
        }
        errors = [.. problems.Errors.OrderBy(error => error.Line ?? int.MaxValue)];
        return content is not null;
    }
}
