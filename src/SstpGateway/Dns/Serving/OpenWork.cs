namespace SstpGateway.Dns.Serving;

/// <summary>The owner of tasks that a loop has started and not awaited: who ends the loop awaits them here.</summary>
internal sealed class OpenWork
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _open = [];

    /// <param name="task">Must deal with its own errors;
    /// one that it lets through surfaces in <see cref="WhenDoneAsync"/>.</param>
    public void Add(Task task)
    {
        if (task.IsCompletedSuccessfully) return;

        lock (_gate) _open.Add(task);
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task WhenDoneAsync()
    {
        lock (_gate) return Task.WhenAll(_open);
    }

    private void Forget(Task task)
    {
        if (!task.IsCompletedSuccessfully) return;    // kept, to be seen at the end

        lock (_gate) _open.Remove(task);
    }
}
