using System.Collections.Immutable;

namespace Operator.Dns.Verifying;

/// <summary>Judges what the servers of a zone say. Pure.</summary>
public static class Verification
{
    /// <summary>A service's own servers need a moment even without secondaries;
    /// also the least time given to secondaries.</summary>
    public static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(60);

    /// <summary>How soon servers are asked again after a change.</summary>
    public static readonly TimeSpan PropagationInterval = TimeSpan.FromSeconds(5);

    /// <param name="age">Since the last publish.</param>
    /// <param name="refresh">The SOA's: a secondary may be behind for twice this.</param>
    public static VerificationVerdict Judge(
        IReadOnlyCollection<ServerFinding> findings, AddressSet published, TimeSpan age, TimeSpan refresh)
    {
        var answered = findings.Where(finding => finding is { IsAuthoritative: true, Addresses: not null }).ToArray();
        var silent = findings.Where(finding => finding is { IsAuthoritative: true, Addresses: null })
            .Select(finding => finding.Server).ToImmutableArray();
        if (answered.Length == 0)
            return new VerificationVerdict.Unknown(
                findings.FirstOrDefault(finding => finding.IsAuthoritative)?.Problem ?? "no authoritative server is known");

        var wrong = answered.Where(finding => !finding.Addresses!.Equals(published)).ToArray();
        if (wrong.Length == 0) return new VerificationVerdict.Agreed(silent);

        var names = wrong.Select(finding => finding.Server).ToImmutableArray();
        if (wrong.Length == answered.Length)
            return age < LeastTime
                ? new VerificationVerdict.Propagating(names)
                : new VerificationVerdict.Drifted(names, wrong[0].Addresses!);

        var allowed = 2 * refresh > LeastTime ? 2 * refresh : LeastTime;
        return age < allowed ? new VerificationVerdict.Propagating(names) : new VerificationVerdict.Stale(names);
    }
}
