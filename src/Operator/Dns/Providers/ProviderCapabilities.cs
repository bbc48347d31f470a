namespace Operator.Dns.Providers;

/// <summary>What a service can do. The plan is made from this, so that no call is sent that could not succeed.</summary>
public sealed record ProviderCapabilities
{
    /// <summary>Can say what is published. Without it only lookups at the zone's servers can.</summary>
    public required bool CanList { get; init; }

    /// <summary>Can take a name's addresses away.</summary>
    public required bool CanDelete { get; init; }

    /// <summary>Can hold several addresses of one family at one name.</summary>
    public required bool ManyAddresses { get; init; }

    /// <summary>One family can be changed while the other stays. Without it a change must name both.</summary>
    public required bool PartialUpdates { get; init; }

    public bool Ipv6 { get; init; } = true;

    /// <summary>Can publish TXT: needed for ownership marks and for DNS-01.</summary>
    public required bool Text { get; init; }

    /// <summary>There is one TXT value a name (DuckDNS: one for the domain and all below it),
    /// so two at once overwrite each other.</summary>
    public bool SingleText { get; init; }

    /// <summary>A change and the check of its ownership mark are one transaction at the server.</summary>
    public bool AtomicMarks { get; init; }

    /// <summary>The mark is written together with the addresses, all or nothing; whether it may be was read before.</summary>
    public bool MarksWithChanges { get; init; }

    /// <summary>A note can stand beside each record.</summary>
    public bool Comments { get; init; }

    /// <summary>How many names one request can change, when all get the same addresses.</summary>
    public int NamesARequest { get; init; } = 1;

    /// <summary>Refused credentials and abuse are about the account, not about one name:
    /// after one of these no name of it is sent.</summary>
    public bool RefusesAccounts { get; init; }

    /// <summary>The least time to live the service takes; what is asked below it is raised.</summary>
    public TimeSpan MinTimeToLive { get; init; } = TimeSpan.Zero;

    /// <summary>The one time to live that the service gives, whatever is asked; null when it can be chosen.</summary>
    public TimeSpan? FixedTimeToLive { get; init; }

    /// <summary>The least time between two changes of one name that the service's rules ask for;
    /// zero when they ask for none.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.Zero;

    /// <summary>After how long without a change the service lets a name expire; null for never.
    /// dyndns2 services do so after 30 days.</summary>
    public TimeSpan? RefreshAfter { get; init; }
}
