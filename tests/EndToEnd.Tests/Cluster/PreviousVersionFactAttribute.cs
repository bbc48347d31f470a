namespace EndToEnd.Tests.Cluster;

/// <summary>A fact that needs a build of the version before; tests/skew/run makes one,
/// as a part of <c>./test --long</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PreviousVersionFactAttribute : FactAttribute
{
    public PreviousVersionFactAttribute()
    {
        if (SitePrograms.Previous is null)
            Skip = $"{SitePrograms.PreviousVariable} names no build of the version before; tests/skew/run makes one";
    }
}
