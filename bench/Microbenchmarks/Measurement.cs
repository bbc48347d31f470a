using System.Diagnostics;

namespace Bench.Microbenchmarks;

/// <summary>What one run of a benchmark costs: the median of several batches.</summary>
internal readonly record struct Measurement(double Nanoseconds, double AllocatedBytes)
{
    private const int Batches = 7;
    private static readonly TimeSpan BatchLength = TimeSpan.FromMilliseconds(100);

    public static Measurement Of(Microbenchmark benchmark)
    {
        var times = TimesPerBatch(benchmark);
        var nanoseconds = new double[Batches];
        var allocated = new double[Batches];
        for (var i = 0; i < Batches; i++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            benchmark.Repeat(times);
            nanoseconds[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / times;
            allocated[i] = (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / times;
        }

        Array.Sort(nanoseconds);
        Array.Sort(allocated);
        return new Measurement(nanoseconds[Batches / 2], allocated[Batches / 2]);
    }

    private static int TimesPerBatch(Microbenchmark benchmark)
    {
        for (var times = 1; ; times *= 2)
        {
            var start = Stopwatch.GetTimestamp();
            benchmark.Repeat(times);
            if (Stopwatch.GetElapsedTime(start) >= BatchLength) return times;
        }
    }
}
