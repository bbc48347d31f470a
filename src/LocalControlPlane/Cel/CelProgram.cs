using LocalControlPlane.Cel.Functions;
using LocalControlPlane.Cel.Syntax;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Cel;

/// <summary>An expression that was parsed and checked against the types of its variables;
/// ready to run, from any thread.</summary>
public sealed class CelProgram
{
    private readonly IReadOnlyDictionary<CelExpression, IReadOnlyList<CelFunction>> _overloads;

    private CelProgram(
        string source, CelExpression root, CelType result, IReadOnlySet<string> variables,
        IReadOnlyDictionary<CelExpression, IReadOnlyList<CelFunction>> overloads)
    {
        (Source, Root, Result, Variables) = (source, root, result, variables);
        _overloads = overloads;
    }

    public string Source { get; }

    public CelExpression Root { get; }

    /// <summary>The type of what it gives.</summary>
    public CelType Result { get; }

    /// <summary>The variables it reads.</summary>
    public IReadOnlySet<string> Variables { get; }

    /// <summary>The program, or null and every problem found.</summary>
    /// <param name="variables">What the expression may name, and of which type.</param>
    public static CelProgram? TryCompile(
        string source, IReadOnlyDictionary<string, CelType> variables, out IReadOnlyList<CelProblem> problems)
    {
        CelExpression root;
        try
        {
            root = CelParser.Parse(source);
        }
        catch (CelSyntaxException e)
        {
            problems = [new CelProblem(e.Message, e.Position)];
            return null;
        }

        var checker = new CelChecker(variables);
        var type = checker.Check(root);
        problems = checker.Problems;
        return problems.Count == 0 ? new CelProgram(source, root, type, checker.VariablesRead, checker.Overloads) : null;
    }

    /// <summary>Runs it. An error, also that of a spent budget, is a value.</summary>
    /// <param name="variables">A value for each of <see cref="Variables"/>.</param>
    public CelValue Evaluate(IReadOnlyDictionary<string, CelValue> variables, CelBudget budget) =>
        new CelEvaluator(_overloads, variables, budget).Evaluate(Root);
}
