using Fuzz.Engine;
using SstpGateway.Decoy;
using SstpProtocol;

namespace Fuzz.Targets.Decoy;

/// <summary>Requests of visitors to the web site that hides the gateway.</summary>
internal sealed class RequestHeadTarget : FuzzTarget
{
    public override string Name => "request-head";

    public override IReadOnlyList<Type> Readers =>
        [typeof(RequestHeadReader), typeof(RequestLine), typeof(DecodedPath), typeof(ByteRange)];

    public override int MaxLength => 12 * 1024;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var status = RequestHeadReader.TryRead(input, out var head, out var consumed, out var fault);
        Oracle.Holds(status == ReadStatus.Complete == head is not null, "a head that is not complete, or none that is");
        Oracle.Holds(
            status == ReadStatus.Malformed == (fault != RequestFault.None),
            "a fault without a refusal, or a refusal without one");
        if (head is null)
        {
            Oracle.Holds(consumed == 0, "consumes what it has not read");
            return false;
        }

        Oracle.Holds(consumed > 0 && consumed <= input.Length, "consumes more than there is");
        Oracle.Holds(head.Path.StartsWith('/') && !head.Path.Contains('\0', StringComparison.Ordinal), "a path that is none");
        Oracle.Holds(
            !head.Path.Contains("/../", StringComparison.Ordinal) && !head.Path.EndsWith("/..", StringComparison.Ordinal),
            "a path that climbs");
        Oracle.Holds(head.ContentLength >= 0, "a body of less than nothing");
        Oracle.Holds(head.Minor is >= -1 and < 100, "a version that is none");
        _ = head.WantsKeepAlive;

        const long size = 1000;
        if (ByteRange.TryRead(head.Field("Range"), size, out var range) != RangeRequest.NotSatisfiable)
            Oracle.Holds(range is { First: >= 0, Length: > 0 } && range.First + range.Length <= size, "a range outside the file");
        return true;
    }
}
