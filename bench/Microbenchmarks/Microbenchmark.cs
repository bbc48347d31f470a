namespace Bench.Microbenchmarks;

/// <summary>One piece of code whose answer is known, and what it may cost.</summary>
/// <param name="Name">What it does, as the table shows it.</param>
/// <param name="AllocationLimit">Bytes one run may allocate. Time depends on the machine;
/// this does not, so it is what fails.</param>
internal abstract record Microbenchmark(string Name, int AllocationLimit)
{
    /// <summary>Runs once and compares with the known answer: a fast wrong answer is not worth timing.</summary>
    public abstract bool IsRight();

    public abstract void Repeat(int times);
}
