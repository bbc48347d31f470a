namespace LocalControlPlane.Patching;

/// <summary>A field that an apply would change and that another manager claims.</summary>
/// <param name="Message">Such as <c>conflict with "kubectl" using apps/v1</c>.</param>
/// <param name="Field">Such as <c>.spec.replicas</c>.</param>
public sealed record FieldConflict(string Message, string Field)
{
    /// <summary>The <c>reason</c> of the cause in a Status.</summary>
    public const string Reason = "FieldManagerConflict";
}
