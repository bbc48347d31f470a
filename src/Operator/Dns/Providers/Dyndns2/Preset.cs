using System.Collections.Immutable;
using Operator.Dns.Providers.Templates;

namespace Operator.Dns.Providers.Dyndns2;

/// <summary>What is known of one service, as <c>Presets.yaml</c> writes it.</summary>
/// <param name="Name">What users write in <c>preset:</c>.</param>
/// <param name="Source">Where this can be checked.</param>
/// <param name="Template">Without an account.</param>
/// <param name="Samples">Answers of the service and what they mean: the fixtures of its test.</param>
public sealed record Preset(
    string Name, string Title, string Source, TemplateSettings Template, ImmutableArray<PresetSample> Samples)
{
    /// <summary>The URL of the sample update that the file gives, for v4 192.0.2.1,
    /// v6 2001:db8::1, name vpn.example.com.</summary>
    public required string SampleUrl { get; init; }

    /// <summary>What the patterns of answers rest on; null for the words of dyndns2, which are one protocol.</summary>
    public string? Basis { get; init; }
}
