namespace Operator.Resources;

/// <summary>The group and the version all three kinds live in.</summary>
public static class ApiGroup
{
    public const string Name = "vpn.sstp-operator.dev";
    public const string Version = "v1alpha1";

    /// <summary>As it stands in the <c>apiVersion</c> of a manifest.</summary>
    public const string ApiVersion = $"{Name}/{Version}";

    /// <summary>Annotation: "true" stops everything but status and deletion for this resource.</summary>
    public const string PausedAnnotation = $"{Name}/paused";

    /// <summary>Annotation: a new RFC 3339 time asks for one pass at once; the one handled last is in the status.</summary>
    public const string ReconcileAtAnnotation = $"{Name}/reconcile-at";

    /// <summary>Annotation: "true" lets a deletion finish although something outside could not be cleaned up.</summary>
    public const string ForceFinalizeAnnotation = $"{Name}/force-finalize";
}
