using System.Net;
using Operator.Dns.Vantages;

namespace Operator.Dns.Reachability;

/// <summary>What one point outside saw of one published address.</summary>
/// <param name="Point">Who looked, for people.</param>
/// <param name="IsReached">The port answered; null when this point could not be asked.</param>
/// <param name="Problem">Why it was not reached, or why nobody could be asked.</param>
/// <param name="Stranger">The names of a certificate that is not for ours: something else answers there;
/// null when none was shown, or it is for ours.</param>
public sealed record OutsideLook(string Point, IPAddress Address, bool? IsReached, string? Problem, string? Stranger)
{
    /// <param name="name">The published name.</param>
    public static OutsideLook From(string point, string name, IPAddress address, Testimony testimony)
    {
        if (testimony.Result is not { } seen) return new OutsideLook(point, address, null, testimony.Silence, null);

        // The port counts; what does not speak TLS is another matter.
        if (seen.Address is null) return new OutsideLook(point, address, false, seen.Problem, null);
        var isOurs = seen.Certificate is not { } shown || shown.Names.Any(covered => Covers(covered, name));
        return new OutsideLook(
            point, address, true, null,
            isOurs ? null : string.Join(", ", seen.Certificate!.Names.DefaultIfEmpty("no name at all").Take(3)));
    }

    // RFC 6125 6.4.3: a wildcard stands for one label.
    private static bool Covers(string covered, string name) =>
        string.Equals(covered, name, StringComparison.OrdinalIgnoreCase) ||
        (covered.StartsWith("*.", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot &&
            string.Equals(covered[1..], name[dot..], StringComparison.OrdinalIgnoreCase));
}
