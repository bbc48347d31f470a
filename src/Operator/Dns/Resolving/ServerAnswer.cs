using System.Collections.Immutable;
using Operator.Dns.Names;

namespace Operator.Dns.Resolving;

/// <summary>What one server said. Closed.</summary>
public abstract record ServerAnswer
{
    private ServerAnswer()
    {
    }

    /// <summary>Records of the type asked for.</summary>
    /// <param name="Records">Of one owner, the one asked for.</param>
    /// <param name="IsAuthoritative">The AA bit: the server holds the zone itself.</param>
    public sealed record Data(ImmutableArray<AnsweredRecord> Records, bool IsAuthoritative) : ServerAnswer;

    /// <summary>The name exists without this type, or does not exist.</summary>
    /// <param name="NameExists">False for NXDOMAIN.</param>
    public sealed record Nothing(bool NameExists, bool IsAuthoritative) : ServerAnswer;

    /// <summary>The name is an alias.</summary>
    public sealed record Alias(DomainName Target, bool IsAuthoritative) : ServerAnswer;

    /// <summary>It sent us on to other servers, so it does not hold the zone (a lame delegation),
    /// or the name is in a zone below.</summary>
    public sealed record Referral(DomainName Zone) : ServerAnswer;

    /// <summary>An error code, such as SERVFAIL or REFUSED.</summary>
    public sealed record Refused(string Code) : ServerAnswer;

    /// <summary>No answer, or none that could be read.</summary>
    public sealed record Silent(string Why) : ServerAnswer;
}
