namespace Operator.Tests.Certificates.SimulatedCa;

/// <summary>How the simulated CA behaves; changed by tests while it runs.</summary>
internal sealed class CaOptions
{
    /// <summary>Lifetime of certificates by profile; "" is the default.</summary>
    public Dictionary<string, TimeSpan> Profiles { get; } = new()
    {
        [""] = TimeSpan.FromDays(90),
        ["classic"] = TimeSpan.FromDays(90),
        ["tlsserver"] = TimeSpan.FromDays(45),
        ["shortlived"] = TimeSpan.FromHours(160),
    };

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockAhead { get; set; }

    public bool OffersRenewalInfo { get; set; } = true;

    /// <summary>Takes the place of the usual answer.</summary>
    public Func<string>? RenewalInfo { get; set; }

    /// <summary>
    /// Begin and end of the window it suggests, in parts of the lifetime. As Let's Encrypt does: around two thirds, or half of it
    /// below ten days, give or take a fiftieth.
    /// </summary>
    public Func<CaCertificate, (double Start, double End)> Window { get; set; } = certificate =>
        certificate.NotAfter - certificate.NotBefore < TimeSpan.FromDays(10) ? (0.48, 0.52) : (2 / 3.0 - 0.02, 2 / 3.0 + 0.02);

    /// <summary>How long an order stays processing after finalize.</summary>
    public TimeSpan Processing { get; set; }

    /// <summary>Of each hundred good nonces so many are refused.</summary>
    public int BadNoncePercent { get; set; }

    /// <summary>While it says true, nobody answers.</summary>
    public Func<DateTimeOffset, bool> IsDown { get; set; } = _ => false;

    /// <summary>An answer instead of the usual one: status, problem type, detail, Retry-After.</summary>
    public Func<string, (int Status, string Kind, string Detail, string? RetryAfter)?> Refuse { get; set; } = _ => null;

    /// <summary>A name that was authorized stays so for this long.</summary>
    public TimeSpan AuthorizationReuse { get; set; }

    /// <summary>Of Let's Encrypt: 300 orders in 3 hours, 5 certificates for one set of names in a week.</summary>
    public int OrdersInThreeHours { get; set; } = 300;

    public int DuplicatesInAWeek { get; set; } = 5;
}
