using System.Security.Cryptography;
using System.Text;
using Operator.Certificates.Acme.Transport;

namespace Operator.Certificates.Policies;

/// <summary>How long to wait after failures in a row. Pure: the same failures give the same wait, over restarts too.</summary>
internal static class BackOff
{
    /// <summary>What Let's Encrypt asks for after failed validations: 1, 10, 100 minutes, a day.</summary>
    private static readonly TimeSpan[] AfterRefusal =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(100), TimeSpan.FromDays(1)];

    /// <summary>A CA in trouble is asked at most once an hour, but not less: a six-day certificate has no time to lose.</summary>
    private static readonly TimeSpan[] AfterTrouble =
        [
            TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
            TimeSpan.FromMinutes(20), TimeSpan.FromHours(1),
        ];

    private static readonly TimeSpan LeastCap = TimeSpan.FromHours(1);

    /// <param name="failures">In a row, the last one included; at least 1.</param>
    /// <param name="timeLeft">Until the certificate in use expires; null when there is none.</param>
    /// <param name="identity">Up to a quarter is added, a part that is fixed for each resource,
    /// so that many do not come back together.</param>
    public static TimeSpan After(AcmeErrorClass failure, int failures, TimeSpan? timeLeft, string identity)
    {
        var steps = failure is AcmeErrorClass.ServerTrouble or AcmeErrorClass.NotReadyYet ? AfterTrouble : AfterRefusal;
        var wait = steps[Math.Clamp(failures - 1, 0, steps.Length - 1)];

        // When the end is near, a tenth of the time left: still far below what a CA allows, and ten more chances.
        if (timeLeft is { } left)
        {
            var cap = left / 10 > LeastCap ? left / 10 : LeastCap;
            if (wait > cap) wait = cap;
        }

        return wait + wait * 0.25 * Fraction($"{identity} {failures}");
    }

    private static double Fraction(string text) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0) / (double)uint.MaxValue;
}
