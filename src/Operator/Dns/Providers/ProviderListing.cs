using System.Collections.Immutable;

namespace Operator.Dns.Providers;

/// <summary>What is published at a name, or why it could not be found out. Closed.</summary>
public abstract record ProviderListing<T>
{
    private ProviderListing()
    {
    }

    /// <param name="Items">Empty when the name does not exist, or has none of these.</param>
    public sealed record Found(ImmutableArray<T> Items) : ProviderListing<T>;

    public sealed record Failed(ProviderFailure Failure) : ProviderListing<T>;
}
