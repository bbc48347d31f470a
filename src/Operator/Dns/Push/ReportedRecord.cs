using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Push;

/// <param name="Last">The report kept so far.</param>
public sealed record ReportedRecord(string Namespace, string Name, PushSource Source, PushReport? Last)
{
    public string User => Source.Username ?? $"{Namespace}.{Name}";

    public override string ToString() => $"{Namespace}/{Name}";
}
