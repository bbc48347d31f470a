namespace Operator.Resources;

/// <summary>One object of the group: what all kinds have in common.</summary>
/// <typeparam name="TSpec">What the user wants.</typeparam>
/// <typeparam name="TStatus">What the operator has found.</typeparam>
public abstract record Resource<TSpec, TStatus>
    where TSpec : class, new()
    where TStatus : ResourceStatus
{
    public string ApiVersion { get; init; } = ApiGroup.ApiVersion;

    /// <summary>The kind, such as <c>VpnGateway</c>.</summary>
    public abstract string Kind { get; init; }

    public ResourceMetadata Metadata { get; init; } = new();

    /// <summary>What is wanted.</summary>
    public TSpec Spec { get; init; } = new();

    /// <summary>What was found; null until the operator has looked for the first time.</summary>
    public TStatus? Status { get; init; }
}
