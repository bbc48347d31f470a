using System.Globalization;
using Bench.Microbenchmarks;

Microbenchmark[] benchmarks =
[
    new DataPacketIn(),
    new DataPacketOut(),
    new MssClamp(),
    new ChecksumOfPacket(),
    new RequestRecognised(),
    new LogInArithmetic(),
    new BindingVerified(),
];

var failed = 0;
Console.WriteLine("| what | ns | bytes allocated | limit |\n|---|---|---|---|");
foreach (var benchmark in benchmarks)
{
    if (!benchmark.IsRight())
    {
        Console.Error.WriteLine($"{benchmark.Name}: the answer is wrong, so it is not timed");
        failed++;
        continue;
    }

    var cost = Measurement.Of(benchmark);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {benchmark.Name} | {cost.Nanoseconds:0.#} | {cost.AllocatedBytes:0.#} | {benchmark.AllocationLimit} |"));
    if (cost.AllocatedBytes <= benchmark.AllocationLimit) continue;
    Console.Error.WriteLine($"{benchmark.Name}: allocates more than its limit");
    failed++;
}

return failed == 0 ? 0 : 1;
