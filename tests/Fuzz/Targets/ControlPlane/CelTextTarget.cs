using System.Text;
using Fuzz.Engine;
using LocalControlPlane.Cel;
using LocalControlPlane.Cel.Syntax;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;

namespace Fuzz.Targets.ControlPlane;

/// <summary>Rules come with definitions, which anybody may write who may write those.</summary>
internal sealed class CelTextTarget : FuzzTarget
{
    private static readonly Dictionary<string, CelType> Variables = new() { ["self"] = CelType.Dyn };
    private static readonly Dictionary<string, CelValue> Values = new() { ["self"] = new StringValue("x") };

    public override string Name => "cel-text";

    public override IReadOnlyList<Type> Readers =>
        [typeof(CelLexer), typeof(CelParser), typeof(CelStringReader), typeof(CelMacros)];

    public override int MaxLength => 512;

    // Tokens, a tree, its types and a run of it: some 40 us an input.
    public override int Divisor => 4;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var program = CelProgram.TryCompile(text, Variables, out var problems);
        Oracle.Holds(program is null == problems.Count > 0, "neither a program nor a problem, or both");
        foreach (var problem in problems)
            Oracle.Holds(problem.Position >= 0 && problem.Position <= text.Length, "a problem outside the text");
        if (program is null) return false;

        Oracle.Holds(program.Evaluate(Values, new CelBudget(CelBudget.OneRule)) is not null, "a program without a value");
        return true;
    }
}
