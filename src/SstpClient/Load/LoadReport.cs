using System.Text.Json.Serialization;

namespace SstpClient.Load;

/// <summary>What came of setting up the calls.</summary>
/// <param name="SetupSeconds">From dialling to an address, each call that came up, in the order of their beginning.</param>
/// <param name="Seconds">From the beginning of the first to the last that came up or failed.</param>
/// <param name="Failed">Calls that did not come up.</param>
/// <param name="Failures">Why, each reason once.</param>
public sealed record LoadReport(IReadOnlyList<double> SetupSeconds, double Seconds, int Failed, IReadOnlyList<string> Failures);

/// <summary>What came of holding them.</summary>
/// <param name="Seconds">How long they were held.</param>
/// <param name="Lost">Calls that ended by themselves.</param>
/// <param name="Echoes">Echo replies received over all calls.</param>
/// <param name="MegabitsPerSecond">Of IP packets, in each direction.</param>
/// <param name="SlowestShare">Echoes of the call that had fewest, in percent of its fair share; 100 when there were none.</param>
/// <param name="Unanswered">Of echo requests sent one in a time: those without a reply two seconds after the last.</param>
/// <param name="EchoMilliseconds">Of the same: the time to the reply that 99 % did not exceed; null when there were none.</param>
public sealed record HoldReport(
    double Seconds, int Lost, long Echoes, double MegabitsPerSecond,
    double SlowestShare, long Unanswered, double? EchoMilliseconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(HoldReport))]
internal sealed partial class LoadReportJson : JsonSerializerContext;
