namespace Operator.Resources.DdnsRecords;

/// <summary>Condition types of a DdnsRecord beside the common ones.</summary>
public static class DdnsRecordConditions
{
    /// <summary>The provider has what is wanted.</summary>
    public const string Published = "Published";

    /// <summary>All authoritative servers answer with it.</summary>
    public const string Verified = "Verified";

    /// <summary>The source gives one answer, and has given it for long enough.</summary>
    public const string SourceStable = "SourceStable";

    /// <summary>At least one target of the fail-over is healthy.</summary>
    public const string TargetsHealthy = "TargetsHealthy";

    /// <summary>Others reach the published addresses.</summary>
    public const string Reachable = "Reachable";
}
