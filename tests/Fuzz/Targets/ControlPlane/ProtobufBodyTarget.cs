using Fuzz.Engine;
using LocalControlPlane.Formats.Protobuf;

namespace Fuzz.Targets.ControlPlane;

/// <summary>Bodies of requests as typed clients send them.</summary>
internal sealed class ProtobufBodyTarget : FuzzTarget
{
    public override string Name => "protobuf-body";

    public override IReadOnlyList<Type> Readers =>
        [typeof(ProtobufBody), typeof(MessageReader), typeof(WireReader), typeof(WellKnown)];

    public override int MaxLength => 1024;

    // An object of nodes, and its text: some 20 us an input.
    public override int Divisor => 2;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var accepted = ProtobufBody.TryRead(input, out var result, out var problem);
        Oracle.Holds(accepted == (problem.Length == 0), "neither an object nor a problem, or both");
        if (accepted) Oracle.Holds(result.ToJsonString().Length > 0, "an object that cannot be written");
        return accepted;
    }
}
