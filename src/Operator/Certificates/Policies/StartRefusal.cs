namespace Operator.Certificates.Policies;

/// <summary>Why an issue may not begin yet.</summary>
/// <param name="NotBefore">When to look again; null when only a change of the resource helps.</param>
internal sealed record StartRefusal(StartRefusalReason Reason, string Message, DateTimeOffset? NotBefore);
