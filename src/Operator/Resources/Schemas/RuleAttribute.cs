namespace Operator.Resources.Schemas;

/// <summary>A rule over several fields, in CEL with the functions of Kubernetes 1.26. A validator keeps the same rule;
/// a table of cases checks that they agree.</summary>
/// <param name="rule">True when all is well; <c>self</c> is the section.</param>
/// <param name="message">What is wrong and what to do.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class RuleAttribute(string rule, string message) : Attribute
{
    public string Rule => rule;
    public string Message => message;
}
