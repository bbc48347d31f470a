namespace Operator.Resources.Schemas;

/// <summary>Where <c>kubectl scale</c> and autoscalers find the number of replicas.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ScaleSubresourceAttribute(string specPath, string statusPath, string selectorPath) : Attribute
{
    public string SpecPath => specPath;
    public string StatusPath => statusPath;
    public string SelectorPath => selectorPath;
}
