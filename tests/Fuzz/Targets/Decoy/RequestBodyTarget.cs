using Fuzz.Engine;
using SstpGateway.Decoy;

namespace Fuzz.Targets.Decoy;

/// <summary>Requests with bodies, one behind the other on one connection, in pieces as a network gives them.</summary>
internal sealed class RequestBodyTarget : FuzzTarget
{
    private readonly byte[] _scrap = new byte[256];

    public override string Name => "request-body";

    public override IReadOnlyList<Type> Readers => [typeof(RequestBody)];

    public override int MaxLength => 4600;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        // The first half was read before the decoy was asked.
        var half = input.Length / 2;
        using var rest = new MemoryStream(input[half..].ToArray());
        var source = new DecoyInput(rest, input[..half].ToArray(), TimeProvider.System);
        var accepted = 0;
        for (var total = 0; ; accepted++)
        {
            var (head, _) = Finished(source.ReadHeadAsync(DecoyLimits.KeepAliveTimeout, CancellationToken.None).AsTask());
            if (head is null) return accepted > 0;

            var body = new RequestBody(source, head);
            Oracle.Holds(body.Length is null or >= 0, "a body of less than nothing");
            try
            {
                // Every other one nobody wants, and not at any length.
                if (accepted % 2 == 1 && !Finished(body.TryDiscardAsync(most: 300, CancellationToken.None).AsTask())) return true;

                while (Finished(body.ReadAsync(_scrap, CancellationToken.None).AsTask()) is var count and > 0)
                {
                    total += count;
                    Oracle.Holds(total <= input.Length, "gives more than came");
                }
            }
            catch (IOException)
            {
                return accepted > 0; // how this reader tells that the visitor broke the framing
            }

            Oracle.Holds(body.IsAtEnd, "ends before its end");
            Oracle.Holds(accepted <= input.Length, "finds requests where there are no bytes");
        }
    }

    private static T Finished<T>(Task<T> reading)
    {
        Oracle.Holds(reading.IsCompleted, "waits although everything is there");
        return reading.GetAwaiter().GetResult();
    }
}
