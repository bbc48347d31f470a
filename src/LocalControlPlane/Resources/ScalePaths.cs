namespace LocalControlPlane.Resources;

/// <summary>Where a kind keeps what <c>/scale</c> shows; property names from the root.</summary>
/// <param name="Selector">Of a label selector as text; null when there is none.</param>
public sealed record ScalePaths(
    IReadOnlyList<string> SpecReplicas, IReadOnlyList<string> StatusReplicas, IReadOnlyList<string>? Selector);
