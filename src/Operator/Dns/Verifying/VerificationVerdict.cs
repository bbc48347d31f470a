using System.Collections.Immutable;

namespace Operator.Dns.Verifying;

/// <summary>What the servers' answers come to. Closed.</summary>
public abstract record VerificationVerdict
{
    private VerificationVerdict()
    {
    }

    /// <summary>All authoritative servers that answered say what is published, and at least one answered.</summary>
    /// <param name="Silent">Servers that could not be asked.</param>
    public sealed record Agreed(ImmutableArray<string> Silent) : VerificationVerdict;

    /// <summary>Some say it and some do not yet, and there was time enough for neither.</summary>
    public sealed record Propagating(ImmutableArray<string> Behind) : VerificationVerdict;

    /// <summary>Some servers say something else although all had time: they are named.</summary>
    public sealed record Stale(ImmutableArray<string> Servers) : VerificationVerdict;

    /// <summary>No server says what was published: somebody changed the record.</summary>
    public sealed record Drifted(ImmutableArray<string> Servers, AddressSet Found) : VerificationVerdict;

    /// <summary>Nobody could be asked.</summary>
    public sealed record Unknown(string Why) : VerificationVerdict;
}
