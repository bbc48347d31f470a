using Fuzz.Engine;
using SstpGateway.Decoy;

namespace Fuzz.Targets.Decoy;

/// <summary>Bodies in chunks, with everything in the buffer already so that no read waits.</summary>
internal sealed class RequestBodyTarget : FuzzTarget
{
    private static readonly RequestHead Head = new("POST", "/", "/", 1, [], BodyFraming.Chunked, 0);

    private readonly byte[] _scrap = new byte[256];

    public override string Name => "request-body";

    public override IReadOnlyList<Type> Readers => [typeof(RequestBody), typeof(DecoyInput)];

    public override int MaxLength => 1024;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var body = new RequestBody(new DecoyInput(Stream.Null, input.ToArray(), TimeProvider.System), Head);
        var total = 0;
        try
        {
            while (true)
            {
                var reading = body.ReadAsync(_scrap, CancellationToken.None).AsTask();
                Oracle.Holds(reading.IsCompleted, "waits although everything is there");
                var count = reading.GetAwaiter().GetResult();
                if (count == 0) break;
                total += count;
                Oracle.Holds(total <= input.Length, "gives more than came");
            }
        }
        catch (IOException)
        {
            return false;
        }

        Oracle.Holds(body.IsAtEnd, "ends before its end");
        return true;
    }
}
