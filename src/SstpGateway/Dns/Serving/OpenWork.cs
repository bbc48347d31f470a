namespace SstpGateway.Dns.Serving;

/// <summary>The owner of tasks that a loop has started and not awaited: who ends the loop awaits them here.</summary>
internal sealed class OpenWork
{
    private readonly Lock gate = new();
    private readonly HashSet<Task> open = [];

    /// <param name="task">Must deal with its own errors; one that it lets through surfaces in <see cref="WhenDoneAsync"/>.</param>
    public void Add(Task task)
    {
        if (task.IsCompletedSuccessfully) return;

        lock (gate) open.Add(task);
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task WhenDoneAsync()
    {
        lock (gate) return Task.WhenAll(open);
    }

    private void Forget(Task task)
    {
        if (!task.IsCompletedSuccessfully) return;    // kept, to be seen at the end

        lock (gate) open.Remove(task);
    }
}
