namespace Operator.Reconciling;

/// <summary>One kind's loop.</summary>
public interface IController
{
    /// <summary>As metrics and logs call it: the kind's plural.</summary>
    string Name { get; }

    /// <summary>Works while this replica leads. All caches are filled before.</summary>
    Task RunAsync(CancellationToken stopping);
}
