using Fuzz.Engine;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Ip;

internal sealed class Ipv6HeaderTarget : FuzzTarget
{
    public override string Name => "ipv6-header";

    public override IReadOnlyList<Type> Readers => [typeof(Ipv6Header)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 512;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!Ipv6Header.TryRead(input, out var header)) return false;

        Oracle.Holds(
            header.PayloadLength >= 0 && Ipv6Header.Size + header.PayloadLength <= input.Length, "a payload outside the packet");
        if (header.TryFindUpperLayer(input, out _, out var offset))
            Oracle.Holds(
                offset >= Ipv6Header.Size && offset <= Ipv6Header.Size + header.PayloadLength,
                "an upper layer outside the packet");

        Span<byte> written = stackalloc byte[Ipv6Header.Size];
        (header with { PayloadLength = 0 }).Write(written);
        Oracle.Holds(
            Ipv6Header.TryRead(written, out var again) && again == header with { PayloadLength = 0 },
            "reads otherwise than it writes");
        return true;
    }
}
