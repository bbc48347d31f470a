using System.Globalization;
using System.Text.Json;
using GatewayConfig.Formats;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GatewayConfig.Yaml;

/// <summary>One mapping of the file, read key by key. A value that is wrong is noted and the default taken,
/// so that all mistakes are found in one go.</summary>
internal sealed class YamlSection
{
    private readonly Dictionary<string, YamlNode> _values = [];
    private readonly HashSet<string> _known = [];
    private readonly string _path;
    private readonly YamlProblems _problems;

    /// <param name="mapping">Null stands for a section that is not in the file: everything in it has its default.</param>
    /// <param name="path">The section as fields are named in messages; empty for the whole file.</param>
    public YamlSection(YamlMappingNode? mapping, string path, YamlProblems problems)
    {
        _path = path;
        _problems = problems;
        if (mapping is null) return;
        foreach (var (key, value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                // The tree's builder refuses two equal keys, but for it those with different
                // tags ("! name" and "name") are not equal.
                if (_values.TryAdd(name, value)) problems.Place(At(name), key.Start.Line);
                else problems.Add(problems.HoldsSecrets ? path : At(name), "is given twice", key.Start.Line);
            }
            else
            {
                problems.Add(path, "has a key that is not plain text", key.Start.Line);
            }
        }
    }

    public string Text(string key, string fallback) => Scalar(key) ?? fallback;

    public string? OptionalText(string key, string? fallback) => IsNull(key) ? null : Scalar(key) ?? fallback;

    public bool Flag(string key, bool fallback)
    {
        switch (Scalar(key))
        {
            case null: return fallback;
            case "true": return true;
            case "false": return false;
            case var text:
                Refuse(key, $"is '{text}'; give true or false");
                return fallback;
        }
    }

    public int Integer(string key, int fallback)
    {
        if (Scalar(key) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse(key, $"is '{text}'; give a whole number");
        return fallback;
    }

    public long Long(string key, long fallback)
    {
        if (Scalar(key) is not { } text) return fallback;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse(key, $"is '{text}'; give a whole number");
        return fallback;
    }

    public TimeSpan Duration(string key, TimeSpan fallback)
    {
        if (Scalar(key) is not { } text) return fallback;
        if (DurationText.TryParse(text, out var duration)) return duration;
        Refuse(key, $"is '{text}'; give a duration such as 30s, 15m or 24h");
        return fallback;
    }

    public TWord Word<TWord>(string key, TWord fallback) where TWord : struct, Enum =>
        Scalar(key) is { } text && TryWord<TWord>(At(key), text, LineOf(key), out var word) ? word : fallback;

    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> fallback) =>
        List(key) is { } items ? Entries(key, items, (_, text, _) => text) : fallback;

    public IReadOnlyList<TWord> Words<TWord>(string key, IReadOnlyList<TWord> fallback) where TWord : struct, Enum =>
        List(key) is { } items
            ? [.. Entries(key, items, (at, text, line) => TryWord<TWord>(at, text, line, out var word) ? word : (TWord?)null)
                .OfType<TWord>()]
            : fallback;

    /// <summary>A section of its own; one that is missing, or whose keys are all commented out, has only defaults.</summary>
    public TSection Section<TSection>(string key, Func<YamlSection, TSection> read) => Read(Mapping(key), At(key), read);

    /// <summary>A section that is null when it is missing.</summary>
    public TSection? OptionalSection<TSection>(string key, Func<YamlSection, TSection> read) where TSection : class =>
        Mapping(key) is { } mapping ? Read(mapping, At(key), read) : null;

    public IReadOnlyList<TSection> Sections<TSection>(
        string key, IReadOnlyList<TSection> fallback, Func<YamlSection, TSection> read)
    {
        if (List(key) is not { } items) return fallback;

        var sections = new List<TSection>();
        foreach (var (item, at) in items.Children.Select((item, i) => (item, $"{At(key)}[{i}]")))
        {
            _problems.Place(at, item.Start.Line);
            if (item is not YamlMappingNode) _problems.Add(at, "is not a mapping; give keys with values", item.Start.Line);
            sections.Add(Read(item as YamlMappingNode, at, read));
        }
        return sections;
    }

    /// <summary>Reads a whole section: every key that <paramref name="read"/> did not ask for is a mistake.</summary>
    public static TSection Read<TSection>(
        YamlMappingNode? mapping, string path, YamlProblems problems, Func<YamlSection, TSection> read)
    {
        var section = new YamlSection(mapping, path, problems);
        var result = read(section);
        foreach (var key in section._values.Keys.Where(key => !section._known.Contains(key)))
        {
            var near = section._known.OrderBy(name => EditDistance.Between(name, key)).First();
            var advice = EditDistance.Between(near, key) <= 2
                ? $"did you mean {near}?"
                : $"known here: {string.Join(", ", section._known.Order(StringComparer.Ordinal))}";
            if (problems.HoldsSecrets) problems.Add(path, $"has a key that is not known; {advice}", section.LineOf(key));
            else section.Refuse(key, $"is not a known key; {advice}");
        }
        return result;
    }

    private TSection Read<TSection>(YamlMappingNode? mapping, string at, Func<YamlSection, TSection> read) =>
        Read(mapping, at, _problems, read);

    private YamlMappingNode? Mapping(string key)
    {
        if (Find(key) is not { } value || IsNull(value)) return null;
        if (value is YamlMappingNode mapping) return mapping;
        Refuse(key, "is not a mapping; give keys with values");
        return null;
    }

    private YamlSequenceNode? List(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value is YamlSequenceNode list) return list;
        Refuse(key, IsNull(value)
            ? "has no value; give a list, [] for an empty one, or leave the key out"
            : "is not a list; put '- ' in front of each entry");
        return null;
    }

    private string? Scalar(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value is YamlScalarNode { Value: { } text } && !IsNull(value)) return text;
        Refuse(key, IsNull(value) ? "has no value; give one or leave the key out" : "is not a single value");
        return null;
    }

    private List<TEntry> Entries<TEntry>(string key, YamlSequenceNode items, Func<string, string, long, TEntry> read)
    {
        var entries = new List<TEntry>();
        foreach (var (item, at) in items.Children.Select((item, i) => (item, $"{At(key)}[{i}]")))
        {
            _problems.Place(at, item.Start.Line);
            if (item is YamlScalarNode { Value: { } text } && !IsNull(item)) entries.Add(read(at, text, item.Start.Line));
            else _problems.Add(at, "is not a single value", item.Start.Line);
        }
        return entries;
    }

    private bool TryWord<TWord>(string at, string text, long line, out TWord word) where TWord : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<TWord>())
        {
            word = candidate;
            if (JsonNamingPolicy.CamelCase.ConvertName(candidate.ToString()) == text) return true;
        }
        word = default;
        var words = Enum.GetNames<TWord>().Select(JsonNamingPolicy.CamelCase.ConvertName);
        _problems.Add(at, $"is '{text}'; give one of {string.Join(", ", words)}", line);
        return false;
    }

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _values.GetValueOrDefault(key);
    }

    private bool IsNull(string key) => Find(key) is { } value && IsNull(value);

    // The core schema's spellings of null (YAML 1.2.2 section 10.3.2); in quotes they are text.
    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    private void Refuse(string key, string message) => _problems.Add(At(key), message, LineOf(key));

    private long LineOf(string key) => _values[key].Start.Line;

    private string At(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
