namespace SstpClient.Probe.Reports;

/// <param name="Ok">A probe ends with the first step that is not.</param>
/// <param name="Milliseconds">How long the step took.</param>
/// <param name="Detail">What was found, or what is wrong; a sentence for humans.</param>
public sealed record StepReport(ProbeStep Step, bool Ok, double Milliseconds, string Detail);
