using System.Text;
using Fuzz.Engine;
using GatewayConfig.Yaml;

namespace Fuzz.Targets.Files;

internal sealed class GatewayFileTarget : FuzzTarget
{
    public override string Name => "gateway-file";

    public override IReadOnlyList<Type> Readers => [typeof(GatewayConfigurationReader)];

    public override int MaxLength => 1024;

    // A YAML parser, an object graph and some twenty validators: some 300 us an input.
    public override int Divisor => 10;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var accepted = GatewayConfigurationReader.TryRead(text, out var configuration, out var errors);
        Oracle.Holds(
            accepted == configuration is not null && accepted == (errors.Count == 0),
            "neither a configuration nor a mistake, or both");
        foreach (var error in errors) Oracle.Holds(!string.IsNullOrWhiteSpace(error.Message), "a mistake without words");
        return accepted;
    }
}
