namespace Operator.Dns.Push;

/// <summary>The records that take reports, and where reports are kept.</summary>
public interface IReportBook
{
    /// <summary>The record with this name whose source is Push; null for none.</summary>
    ReportedRecord? Find(string fqdn);

    /// <summary>The password that a report must have; null when the Secret is not there.</summary>
    Task<string?> FindTokenAsync(ReportedRecord record, CancellationToken stopping);

    /// <summary>Keeps a report; when this returns it is safe, and the record is on its way.</summary>
    Task SaveAsync(ReportedRecord record, PushReport report, CancellationToken stopping);
}
