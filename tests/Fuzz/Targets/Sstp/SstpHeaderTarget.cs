using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Sstp;

namespace Fuzz.Targets.Sstp;

internal sealed class SstpHeaderTarget : FuzzTarget
{
    public override string Name => "sstp-header";

    public override IReadOnlyList<Type> Readers => [typeof(SstpHeader)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 16;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var status = SstpHeader.TryRead(input, out var header);
        if (status == ReadStatus.NeedMoreBytes)
            Oracle.Holds(input.Length < SstpHeader.Size, "waits although the header is whole");
        if (status != ReadStatus.Complete) return false;

        Oracle.Holds(header.Length is >= SstpHeader.Size and <= SstpHeader.MaxLength, "a length no packet can have");
        Span<byte> written = stackalloc byte[SstpHeader.Size];
        header.Write(written);
        Oracle.Holds(
            SstpHeader.TryRead(written, out var again) == ReadStatus.Complete && again == header,
            "reads otherwise than it writes");
        return true;
    }
}
