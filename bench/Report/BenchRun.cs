using System.Text.Json;

namespace Bench.Report;

/// <summary>Everything one <c>bench/run</c> recorded, in the order it was recorded.</summary>
internal sealed record BenchRun(
    IReadOnlyList<Sample> Samples,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<Absence> Absences,
    IReadOnlyList<OffloadState> Offloads)
{
    /// <summary>Reads the lines that bench/lib/samples.sh writes. A line of an unknown kind is an error:
    /// the two belong together.</summary>
    public static BenchRun Read(IEnumerable<string> lines)
    {
        List<Sample> samples = [];
        List<Fact> facts = [];
        List<Absence> absences = [];
        List<OffloadState> offloads = [];
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            var server = Text(json, "server");
            switch (Text(json, "kind"))
            {
                case "sample":
                    // null: the measure had nothing to count, for example a ping of which no answer came.
                    if (json.GetProperty("value") is { ValueKind: JsonValueKind.Number } value)
                        samples.Add(new Sample(server, Text(json, "measure"), value.GetDouble()));
                    break;
                case "fact":
                    facts.Add(new Fact(server, Text(json, "name"), Text(json, "text")));
                    break;
                case "absent":
                    absences.Add(new Absence(server, Text(json, "text")));
                    break;
                case "offloads":
                    offloads.Add(new OffloadState(server, Text(json, "digest")));
                    break;
                case var kind:
                    throw new InvalidDataException($"a line of unknown kind \"{kind}\": {line}");
            }
        }

        return new BenchRun(samples, facts, absences, offloads);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
