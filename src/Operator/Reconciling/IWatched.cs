namespace Operator.Reconciling;

/// <summary>One kind that is watched, whatever its type.</summary>
internal interface IWatched
{
    /// <summary>True once its cache has been filled.</summary>
    bool IsSynced { get; }

    IEnumerable<WatchHealth> Health { get; }

    Task RunAsync(CancellationToken stopping);
}
