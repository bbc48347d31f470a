using System.Text;
using GatewayConfig.Decoy;
using Microsoft.Extensions.Logging.Abstractions;
using SstpGateway.Decoy;
using SstpGateway.Tests.Support;
using TestSupport.Time;

namespace SstpGateway.Tests.Decoy;

/// <summary>Decoys whose clock stands at 01:00:00 on the first of January 1970.</summary>
internal static class Decoys
{
    public static readonly DecoyConfig NotFound = new();

    public static DecoyFactory Factory(TimeProvider? clock = null) =>
        new(clock ?? new ManualTime(), TestMeters.NewMetrics(), NullLoggerFactory.Instance);

    public static IDecoy Static(string root) => Factory().Create(new DecoyConfig { Kind = DecoyKind.Static, Root = root });

    /// <returns>Everything the decoy answers, one character an octet.</returns>
    public static async Task<string> AskAsync(IDecoy decoy, string request, int step = int.MaxValue)
    {
        var visitor = new VisitorStream(Encoding.Latin1.GetBytes(request), step);
        await decoy.ServeAsync(visitor, default, CancellationToken.None);
        return Encoding.Latin1.GetString(visitor.Answers);
    }
}
