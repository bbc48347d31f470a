using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Operator.Dns.Providers.Templates;
using YamlDotNet.RepresentationModel;

namespace Operator.Dns.Providers.Dyndns2;

/// <summary>The presets that come with the operator. The file is ours, so a mistake in it is a bug and throws.</summary>
public static class PresetFile
{
    private static readonly Lazy<ImmutableSortedDictionary<string, Preset>> Loaded = new(Load);

    public static ImmutableSortedDictionary<string, Preset> All => Loaded.Value;

    private static ImmutableSortedDictionary<string, Preset> Load()
    {
        using var stream = typeof(PresetFile).Assembly.GetManifestResourceStream("Operator.Dns.Providers.Dyndns2.Presets.yaml")
            ?? throw new UnreachableException("Presets.yaml is not embedded");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ((YamlMappingNode)yaml.Documents[0].RootNode).Children
            .Select(entry => Read(Text(entry.Key), (YamlMappingNode)entry.Value))
            .ToImmutableSortedDictionary(preset => preset.Name, preset => preset, StringComparer.Ordinal);
    }

    private static Preset Read(string name, YamlMappingNode entry)
    {
        var rules = ImmutableArray.CreateBuilder<AnswerRule>();
        foreach (var rule in List(entry, "answers").Cast<YamlMappingNode>())
            rules.Add(
                AnswerRule.Create(Enum.Parse<AnswerMeaning>(Text(rule.Children[0].Key)), Text(rule.Children[0].Value), null));

        var template = new TemplateSettings(Required(entry, "url"))
        {
            Ipv6Url = Optional(entry, "ipv6Url"),
            Families = Enum.Parse<FamilyMode>(Optional(entry, "families") ?? nameof(FamilyMode.Together)),
            Grammar = rules.Count > 0 ? AnswerGrammar.Patterns : AnswerGrammar.Dyndns2,
            Rules = rules.ToImmutable(),
            BasicAuthentication = Optional(entry, "auth") != "url",
            UserTemplate = Optional(entry, "user"),
            NamesARequest = int.Parse(Optional(entry, "namesARequest") ?? "1", CultureInfo.InvariantCulture),
            MinInterval = Minutes(entry, "minIntervalMinutes") ?? TimeSpan.Zero,
            RefreshAfter = Minutes(entry, "refreshDays") is { } days ? days * 24 * 60 : null,
        };
        var samples = List(entry, "samples").Cast<YamlMappingNode>().Select(sample => new PresetSample(
            int.Parse(Optional(sample, "status") ?? "200", CultureInfo.InvariantCulture),
            Required(sample, "body"), Required(sample, "means")));
        return new Preset(name, Required(entry, "title"), Required(entry, "source"), template, [.. samples])
        {
            SampleUrl = Required(entry, "sampleUrl"), Basis = Optional(entry, "basis"),
        };
    }

    private static TimeSpan? Minutes(YamlMappingNode entry, string key) =>
        Optional(entry, key) is { } text ? TimeSpan.FromMinutes(double.Parse(text, CultureInfo.InvariantCulture)) : null;

    private static IEnumerable<YamlNode> List(YamlMappingNode entry, string key) =>
        entry.Children.TryGetValue(key, out var node) ? ((YamlSequenceNode)node).Children : [];

    private static string Required(YamlMappingNode entry, string key) =>
        Optional(entry, key) ?? throw new UnreachableException($"a preset lacks {key}");

    private static string? Optional(YamlMappingNode entry, string key) =>
        entry.Children.TryGetValue(key, out var node) ? Text(node) : null;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
