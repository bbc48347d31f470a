using System.Buffers.Binary;
using Fuzz.Engine;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Ip;

internal sealed class SourceCheckTarget : FuzzTarget
{
    private const uint Own4 = 0x0A090007;
    private const ulong Own6 = 0x2001_0DB8_0000_0001;

    private readonly SourceCheck _check = new(Own4, Own6);
    private readonly SourceCheck _none = new(null, null);

    public override string Name => "source-check";

    public override IReadOnlyList<Type> Readers => [typeof(SourceCheck)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 128;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        Oracle.Holds(!_none.Permits(input), "permits a client without addresses");
        if (!_check.Permits(input)) return false;

        // Written again from RFC 791 and RFC 8200, not by the readers under test.
        var isOwn = (input[0] >> 4) switch
        {
            4 => BinaryPrimitives.ReadUInt32BigEndian(input[12..]) == Own4,
            6 => BinaryPrimitives.ReadUInt64BigEndian(input[8..]) == Own6 || (input[8] == 0xFE && (input[9] & 0xC0) == 0x80),
            _ => false,
        };
        Oracle.Holds(isOwn, "permits somebody else's address");
        return true;
    }
}
