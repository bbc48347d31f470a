using GatewayConfig;

namespace SstpGateway.Configuration;

/// <summary>The configuration cannot be used; the message has one line for each mistake.</summary>
public sealed class ConfigurationException(string path, IReadOnlyList<ConfigurationError> errors)
    : Exception($"{path} cannot be used:\n" + string.Join('\n', errors.Select(error => $"  {error}")))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
