namespace Operator.Tests.Deploy;

/// <summary>A theory that needs kubectl; skipped where there is none, except in CI and under ./test.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() => Skip = new KubectlFactAttribute().Skip;
}
