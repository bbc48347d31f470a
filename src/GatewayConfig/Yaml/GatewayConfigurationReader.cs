using System.Diagnostics.CodeAnalysis;

namespace GatewayConfig.Yaml;

/// <summary>From the text of a configuration file to a <see cref="GatewayConfiguration"/>, or to the list of everything wrong with it.</summary>
public static class GatewayConfigurationReader
{
    /// <summary>Characters of a file at most. A full one with every list at its limit stays well below.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly GatewayConfigurationValidator Validator = new();

    /// <summary>Reads and validates. Keys are the records' names in camelCase, unknown keys are mistakes, missing ones have their defaults.</summary>
    /// <param name="text">One YAML document; an empty one means all defaults.</param>
    /// <param name="configuration">Null when there is any mistake.</param>
    /// <param name="errors">All mistakes in the order of the file; what cannot be read first, then what is not allowed.</param>
    public static bool TryRead(
        string text,
        [NotNullWhen(true)] out GatewayConfiguration? configuration,
        out IReadOnlyList<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        configuration = null;
        if (text.Length > MaxLength)
        {
            errors = [new ConfigurationError("", $"the file has {text.Length} characters; give at most {MaxLength}")];
            return false;
        }

        var problems = new YamlProblems();
        var root = YamlShape.Load(text, problems);
        if (root is not null || problems.Errors.Count == 0)
        {
            var read = YamlSection.Read(root, "", problems, ConfigurationSections.Configuration);
            problems.AddUnlessUnread(Validator.Check(read));
            configuration = problems.Errors.Count == 0 ? read : null;
        }
        errors = [.. problems.Errors.OrderBy(error => error.Line ?? int.MaxValue)];
        return configuration is not null;
    }
}
