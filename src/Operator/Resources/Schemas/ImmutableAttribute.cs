namespace Operator.Resources.Schemas;

/// <summary>A required field that cannot change once the object exists.</summary>
/// <param name="advice">What to do instead, as the end of a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ImmutableAttribute(string advice) : Attribute
{
    public string Advice => advice;
}
