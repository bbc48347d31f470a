namespace Operator.Resources.Schemas;

/// <summary>A rule in CEL.</summary>
/// <param name="Expression">True when all is well; <c>self</c> is the value, <c>oldSelf</c> what it was.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record ShapeRule(string Expression, string Message);
