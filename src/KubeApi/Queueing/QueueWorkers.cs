namespace KubeApi.Queueing;

/// <summary>Those who work a queue off.</summary>
public static class QueueWorkers
{
    /// <summary>Hands out keys to so many workers until told to stop, or until the queue is completed.</summary>
    /// <param name="pass">Ends with no exception but that of the stop: what it throws ends its worker, and then all.</param>
    public static Task WorkAsync<TKey>(
        this WorkQueue<TKey> queue, int workers, Func<TKey, CancellationToken, Task> pass, CancellationToken stopping)
        where TKey : notnull =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(queue, pass, stopping)));

    private static async Task WorkAsync<TKey>(
        WorkQueue<TKey> queue, Func<TKey, CancellationToken, Task> pass, CancellationToken stopping)
        where TKey : notnull
    {
        try
        {
            while (await queue.TakeAsync(stopping).ConfigureAwait(false) is { Taken: true } taken)
            {
                await pass(taken.Key!, stopping).ConfigureAwait(false);
                queue.Done(taken.Key!);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end; a pass that was cut short is repeated by whoever leads next.
        }
    }
}
