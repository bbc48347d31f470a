namespace KubectlSstp.Lint;

/// <summary>One mistake.</summary>
/// <param name="File">Where the object stands.</param>
/// <param name="Object">"VpnGateway vpn/office"; empty when it is no object.</param>
/// <param name="Field">Path in the object; empty when it is about the whole.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record LintFinding(Severity Severity, string File, string Object, string Field, string Message);
