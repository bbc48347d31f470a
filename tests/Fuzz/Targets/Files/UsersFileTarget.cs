using System.Text;
using Fuzz.Engine;
using GatewayConfig.Yaml;

namespace Fuzz.Targets.Files;

internal sealed class UsersFileTarget : FuzzTarget
{
    public override string Name => "users-file";

    public override IReadOnlyList<Type> Readers => [typeof(UsersReader)];

    public override int MaxLength => 512;

    // A YAML parser, an object graph and a validator: some 50 us an input.
    public override int Divisor => 2;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var accepted = UsersReader.TryRead(text, out var users, out var errors);
        Oracle.Holds(accepted == users is not null && accepted == (errors.Count == 0), "neither users nor a mistake, or both");
        foreach (var error in errors) Oracle.Holds(!string.IsNullOrWhiteSpace(error.Message), "a mistake without words");
        return accepted;
    }
}
