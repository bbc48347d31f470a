namespace Operator.Resources.Schemas;

/// <summary>The shortest and the longest allowed <see cref="GoDuration"/>, both included, as Go writes them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationBoundsAttribute(string least, string most) : Attribute
{
    public string Least => least;
    public string Most => most;
}
