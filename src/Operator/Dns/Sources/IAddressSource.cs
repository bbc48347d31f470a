namespace Operator.Dns.Sources;

/// <summary>Where a record's addresses come from.</summary>
public interface IAddressSource
{
    /// <summary>It knows for sure: what it says is published without waiting for more sightings.</summary>
    bool IsAuthoritative { get; }

    /// <summary>Looks once. What goes wrong is a value; only <see cref="OperationCanceledException"/> is thrown.</summary>
    Task<SourceReading> ReadAsync(CancellationToken stopping);
}
