using System.CommandLine;

namespace SstpGateway.Commands;

internal static class ConfigOption
{
    public static Option<FileInfo> Create() => new("--config", "-c")
    {
        Description = "The configuration file (YAML); docs/reference/gateway-configuration.md names every field.",
        DefaultValueFactory = _ => new FileInfo("/etc/sstp-gateway/gateway.yaml"),
    };
}
