namespace CloudEdge.Configuration;

/// <summary>A mistake in a stack's configuration.</summary>
/// <param name="Key">The key at fault, as <c>pulumi config set</c> takes it.</param>
/// <param name="Message">What is wrong and what to give instead.</param>
public sealed record ConfigurationProblem(string Key, string Message)
{
    public override string ToString() => $"{Key}: {Message}";
}
