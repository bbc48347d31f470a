namespace SstpClient.Probe.Reports;

/// <summary>All that a probe found. What it did not get to is null or empty.</summary>
public sealed record ProbeReport
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public bool Ok => FailedStep is null;

    /// <summary>0, or the number of the step that failed.</summary>
    public int ExitCode => (int)FailedStep.GetValueOrDefault();

    public ProbeStep? FailedStep => Steps.FirstOrDefault(step => !step.Ok)?.Step;

    /// <summary>What the name resolved to.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The address that took the connection.</summary>
    public string? Address { get; init; }

    public TlsFindings? Tls { get; init; }

    /// <summary>The status code of the answer to SSTP's HTTP request.</summary>
    public int? HttpStatus { get; init; }

    public SstpFindings? Sstp { get; init; }

    public LoginFindings? Login { get; init; }

    public IReadOnlyList<StepReport> Steps { get; init; } = [];
}
