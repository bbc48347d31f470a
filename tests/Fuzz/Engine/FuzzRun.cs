using System.Diagnostics;
using System.Security.Cryptography;

namespace Fuzz.Engine;

/// <summary>Gives one target its inputs, on a thread of its own so that one that never returns is noticed.</summary>
public sealed class FuzzRun(FuzzTarget target, FuzzOptions options)
{
    /// <summary>No reader may take this long for an input of a few thousand bytes, however busy the machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly byte[] _buffer = new byte[target.MaxLength];
    private readonly IReadOnlyList<(string File, byte[] Bytes)> _seeds = Corpus.Load(target.Name).Seeds;
    private long _index = -1;
    private int _length;
    private Exception? _failure;
    private int _accepted;
    private int _refused;

    /// <exception cref="FuzzFailureException">An input broke something.</exception>
    public FuzzReport Execute()
    {
        var worker = new Thread(Work) { IsBackground = true, Name = $"fuzz {target.Name}" };
        worker.Start();
        var seen = -2L;
        var since = Stopwatch.StartNew();
        while (!worker.Join(100))
        {
            var now = Volatile.Read(ref _index);
            if (now != seen)
            {
                seen = now;
                since.Restart();
            }
            else if (since.Elapsed > Patience)
            {
                throw Failure(now, _buffer[..Volatile.Read(ref _length)], $"takes longer than {Patience.TotalSeconds} s", null);
            }
        }

        return _failure is null ? new FuzzReport(_accepted, _refused) : throw _failure;
    }

    private void Work()
    {
        try
        {
            // The seeds as they are, and all code compiled, before allocation is looked at.
            foreach (var (_, bytes) in _seeds) target.Run(bytes);
            for (var index = 0L; index < options.Inputs / target.Divisor; index++) RunOne(index);
        }
        catch (Exception e)
        {
            // Told to whoever waits for this thread.
            _failure = e is FuzzFailureException ? e : Failure(-1, [], "a seed fails as it is", e);
        }
    }

    private void RunOne(long index)
    {
        var random = new FuzzRandom(StartOf(index));
        var seed = _seeds[random.Below(_seeds.Count)].Bytes;
        var length = Mutator.Mutate(seed, _seeds[random.Below(_seeds.Count)].Bytes, _buffer, ref random);
        if (!random.OneIn(4)) target.Repair(_buffer.AsSpan(0, length));
        Volatile.Write(ref _length, length);
        Volatile.Write(ref _index, index);

        try
        {
            if (RunChecked(_buffer.AsSpan(0, length))) _accepted++;
            else _refused++;
        }
        catch (Exception e)
        {
            var minimal = Minimizer.Reduce(_buffer[..length], input => BreaksLike(e, input));
            throw Failure(index, minimal, e.GetType().Name, e);
        }
    }

    private bool RunChecked(ReadOnlySpan<byte> input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = target.Run(input);
        if (GC.GetAllocatedBytesForCurrentThread() == before || MayAllocate(accepted)) return accepted;

        // The runtime itself allocates now and then, when it compiles something anew. A reader does it each time.
        for (var i = 0; i < 3; i++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            target.Run(input);
            if (GC.GetAllocatedBytesForCurrentThread() == before) return accepted;
        }

        throw new OracleException("allocates, which this reader promises not to");
    }

    private bool MayAllocate(bool accepted) => target.Allocation switch
    {
        AllocationPromise.Nothing => false,
        AllocationPromise.NothingForBadInput => accepted,
        _ => true,
    };

    private bool BreaksLike(Exception known, byte[] input)
    {
        try
        {
            RunChecked(input);
            return false;
        }
        catch (Exception e)
        {
            return e.GetType() == known.GetType() && Place(e) == Place(known);
        }
    }

    private static string Place(Exception e) =>
        e is OracleException ? e.Message : new StackTrace(e).GetFrame(0)?.GetMethod()?.Name ?? "";

    // Far apart for neighbours: target, seed and number are mixed before they start the generator.
    private ulong StartOf(long index)
    {
        var hash = 0xCBF29CE484222325; // FNV-1a
        foreach (var c in target.Name) hash = (hash ^ c) * 0x100000001B3;
        return new FuzzRandom(hash ^ (options.Seed * 0xD1342543DE82EF95) ^ ((ulong)index * 0x9E6C63D0876A9A47)).Next();
    }

    private FuzzFailureException Failure(long index, byte[] input, string what, Exception? cause)
    {
        var hex = Convert.ToHexString(input);
        var file = $"regression-{Convert.ToHexString(SHA256.HashData(input))[..12]}.hex";
        if (options.Crashes is { } folder && index >= 0)
        {
            var place = Path.Combine(folder, target.Name);
            Directory.CreateDirectory(place);
            File.WriteAllText(Path.Combine(place, file), $"# {what}: {cause?.Message.ReplaceLineEndings(" ")}\n{hex}\n");
        }

        return new FuzzFailureException(
            $"{target.Name}: {what}. FUZZ_SEED={options.Seed}, input number {index}, cut down to {input.Length} bytes:\n{hex}\n"
                + $"Put it into tests/vectors/fuzz/{target.Name}/{file}, so that it is tried first from now on.\n{cause}",
            cause);
    }
}
