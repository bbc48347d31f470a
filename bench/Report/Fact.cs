namespace Bench.Report;

/// <summary>Something a reader must know to judge the figures: of a server, or of the "machine".</summary>
internal sealed record Fact(string Server, string Name, string Text);
