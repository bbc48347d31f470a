using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Http;

namespace Fuzz.Targets.Http;

internal sealed class PreambleResponseTarget : FuzzTarget
{
    public override string Name => "preamble-response";

    public override IReadOnlyList<Type> Readers => [typeof(PreambleResponseReader)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => PreambleResponseReader.MaxLength + 64;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var status = PreambleResponseReader.TryRead(input, out var code, out var consumed);
        if (status != ReadStatus.Complete)
        {
            Oracle.Holds(consumed == 0 && code == 0, "gives what it has not read");
            Oracle.Holds(
                status == ReadStatus.Malformed || input.Length < PreambleResponseReader.MaxLength, "waits beyond its limit");
            return false;
        }

        Oracle.Holds(
            consumed > 0 && consumed <= Math.Min(input.Length, PreambleResponseReader.MaxLength), "consumes more than there is");
        Oracle.Holds(input[consumed - 1] == '\n', "ends elsewhere than at a line end");
        Oracle.Holds(code is >= 100 and <= 999, "a status that is none");
        return true;
    }
}
