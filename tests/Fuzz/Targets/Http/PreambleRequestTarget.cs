using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Http;

namespace Fuzz.Targets.Http;

internal sealed class PreambleRequestTarget : FuzzTarget
{
    public override string Name => "preamble-request";

    public override IReadOnlyList<Type> Readers =>
        [typeof(PreambleReader), typeof(PreambleRequest), typeof(HttpRequestLine), typeof(HttpHeaderFields), typeof(HttpLines)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    // Two of the seeds are as long as a request may be; the rest keep the mean small.
    public override int MaxLength => PreambleReader.MaxLength + 64;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var status = PreambleReader.TryRead(input, out var request, out var consumed);
        if (status != ReadStatus.Complete)
        {
            Oracle.Holds(consumed == 0, "consumes what it has not read");
            Oracle.Holds(status == ReadStatus.Malformed || input.Length < PreambleReader.MaxLength, "waits beyond its limit");
            return false;
        }

        Oracle.Holds(consumed > 0 && consumed <= Math.Min(input.Length, PreambleReader.MaxLength), "consumes more than there is");
        Oracle.Holds(input[consumed - 1] == '\n', "ends elsewhere than at a line end");
        Oracle.Within(input[..consumed], request.Method, "a method outside the request");
        Oracle.Within(input[..consumed], request.Target, "a target outside the request");
        Oracle.Within(input[..consumed], request.Host, "a host outside the request");
        Oracle.Holds(!request.Target.ContainsAnyExceptInRange((byte)'!', (byte)'~'), "a target that is not visible ASCII");
        Oracle.Holds(!request.Host.ContainsAnyExceptInRange((byte)'!', (byte)'~'), "a host that is not visible ASCII");
        _ = request.CorrelationId;

        // What follows belongs to somebody else and must not change what was read.
        Oracle.Holds(
            PreambleReader.TryRead(input[..consumed], out var alone, out var length) == ReadStatus.Complete
                && length == consumed && alone.Kind == request.Kind,
            "what follows a request changes how it is read");
        return true;
    }
}
