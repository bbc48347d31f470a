using System.Diagnostics.CodeAnalysis;

namespace GatewayConfig.Yaml;

/// <summary>From the text of a configuration file to a <see cref="GatewayConfiguration"/>,
/// or to the list of everything wrong with it.</summary>
public static class GatewayConfigurationReader
{
    /// <summary>Characters of a file at most. A full one with every list at its limit stays well below.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly YamlFile<GatewayConfiguration> File =
        new(MaxLength, holdsSecrets: false, ConfigurationSections.Configuration, new GatewayConfigurationValidator().Check);

    /// <summary>Reads and validates. Keys are the records' names in camelCase, unknown keys are mistakes,
    /// missing ones have their defaults.</summary>
    /// <param name="text">One YAML document; an empty one means all defaults.</param>
    /// <param name="configuration">Null when there is any mistake.</param>
    /// <param name="errors">All mistakes in the order of the file; what cannot be read first, then what is not allowed.</param>
    public static bool TryRead(
        string text,
        [NotNullWhen(true)] out GatewayConfiguration? configuration,
        out IReadOnlyList<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        return File.TryRead(text, out configuration, out errors);
    }
}
