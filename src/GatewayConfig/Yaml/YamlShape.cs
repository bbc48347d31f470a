using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace GatewayConfig.Yaml;

/// <summary>Loads one document, after looking over its events for what the tree builder should not be given.</summary>
internal static class YamlShape
{
    // The deepest field, network.accessRules[0].ports[0], is at 5. The tree is built by recursion,
    // so the depth must have a bound.
    private const int MaxDepth = 16;

    private const string Advice = "look at quotes, colons and indentation here";

    /// <returns>The mapping at the root, or null when there is none; what is wrong has been noted then,
    /// unless the file is empty.</returns>
    public static YamlMappingNode? Load(string text, YamlProblems problems)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            if (!IsHarmless(parser, problems)) return null;

            var stream = new YamlStream();
            parser = new Parser(new StringReader(text));
            stream.Load(parser);
            if (stream.Documents.Count == 0) return null;

            var root = stream.Documents[0].RootNode;
            if (root is YamlMappingNode mapping) return mapping;
            if (root is not YamlScalarNode { Value: null or "" })
                problems.Add("", "the file is not a mapping; give keys with values", root.Start.Line);
            return null;
        }
        catch (YamlException e)
        {
            // Its own text repeats the place, and the cause says more than the wrapper.
            var cause = problems.HoldsSecrets ? Advice : e.InnerException?.Message ?? e.Message;
            problems.Add("", $"this is not YAML: {cause}", Math.Max(1, e.Start.Line));
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library does not foresee every mistake (a plain word on a new line of an open bracket is one) and then tells of
            // its own state, which helps nobody. The mistake follows what was read last.
            problems.Add("", $"this is not YAML: {Advice}", Math.Max(1, parser.Current?.End.Line ?? 1));
            return null;
        }
    }

    private static bool IsHarmless(Parser parser, YamlProblems problems)
    {
        var depth = 0;
        var documents = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            if (current is DocumentStart) documents++;

            var problem = current switch
            {
                AnchorAlias => "has an alias (*name); write the value out",
                _ when depth > MaxDepth => "is nested too deeply",
                _ when documents > 1 => "holds more than one document; give one",
                _ => null,
            };
            if (problem is null) continue;
            problems.Add("", $"the file {problem}", current.Start.Line);
            return false;
        }
        return true;
    }
}
