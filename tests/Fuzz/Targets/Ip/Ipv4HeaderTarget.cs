using Fuzz.Engine;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Ip;

internal sealed class Ipv4HeaderTarget : FuzzTarget
{
    public override string Name => "ipv4-header";

    public override IReadOnlyList<Type> Readers => [typeof(Ipv4Header)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 128;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!Ipv4Header.TryRead(input, out var header)) return false;

        Oracle.Holds(header.HeaderLength is >= Ipv4Header.MinSize and <= 60, "a header length that is none");
        Oracle.Holds(
            header.TotalLength >= header.HeaderLength && header.TotalLength <= input.Length, "lengths outside the packet");
        Oracle.Holds(header.FragmentOffset is >= 0 and <= 0x1FFF * 8, "an offset that is none");

        Span<byte> written = stackalloc byte[Ipv4Header.MinSize];
        Ipv4Header.Write(written, header.Protocol, header.Source, header.Destination, Ipv4Header.MinSize);
        Oracle.Holds(
            Ipv4Header.TryRead(written, out var again) && InternetChecksum.Of(written) == 0
                && (again.Protocol, again.Source, again.Destination) == (header.Protocol, header.Source, header.Destination),
            "reads otherwise than it writes");
        return true;
    }
}
