using Fuzz.Engine;
using SstpProtocol.Ppp;

namespace Fuzz.Targets.Ppp;

internal sealed class PppFrameTarget : FuzzTarget
{
    public override string Name => "ppp-frame";

    public override IReadOnlyList<Type> Readers => [typeof(PppFrame)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 64;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!PppFrame.TryRead(input, out var protocol, out var offset)) return false;

        Oracle.Holds(offset is > 0 and <= PppFrame.HeaderSize && offset <= input.Length, "a payload outside the frame");
        Oracle.Holds(
            ((ushort)protocol & 1) == 1 && ((ushort)protocol & 0x100) == 0, "a protocol number that RFC 1661 section 2 forbids");
        Span<byte> written = stackalloc byte[PppFrame.HeaderSize];
        PppFrame.WriteHeader(written, protocol);
        Oracle.Holds(
            PppFrame.TryRead(written, out var again, out var end) && again == protocol && end == written.Length,
            "reads otherwise than it writes");
        return true;
    }
}
