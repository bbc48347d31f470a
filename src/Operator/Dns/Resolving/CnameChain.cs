using System.Collections.Immutable;
using Operator.Dns.Names;

namespace Operator.Dns.Resolving;

/// <summary>The names that CNAME records lead through.</summary>
/// <param name="Names">First the name asked for, last the one that has no CNAME.</param>
public sealed record CnameChain(ImmutableArray<DomainName> Names)
{
    public DomainName Target => Names[^1];

    public bool IsAlias => Names.Length > 1;
}
