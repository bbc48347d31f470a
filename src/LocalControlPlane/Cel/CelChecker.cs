using LocalControlPlane.Cel.Functions;
using LocalControlPlane.Cel.Syntax;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel;

/// <summary>Finds the type of each part of an expression, and which overloads each
/// call can mean ("Gradual Type Checking").</summary>
internal sealed class CelChecker(IReadOnlyDictionary<string, CelType> variables)
{
    private readonly Dictionary<CelExpression, IReadOnlyList<CelFunction>> _overloads = new(ReferenceEqualityComparer.Instance);
    private readonly List<CelProblem> _problems = [];
    private readonly HashSet<string> _read = [];
    private readonly Stack<(string Name, CelType Type)> _locals = new();

    public IReadOnlyList<CelProblem> Problems => _problems;

    public IReadOnlySet<string> VariablesRead => _read;

    public IReadOnlyDictionary<CelExpression, IReadOnlyList<CelFunction>> Overloads => _overloads;

    public CelType Check(CelExpression expression) => expression switch
    {
        CelExpression.Literal literal => literal.Value.Type,
        CelExpression.Identifier identifier => Identifier(identifier),
        CelExpression.Select select => Select(select),
        CelExpression.Has has => Has(has),
        CelExpression.Call call => Call(call),
        CelExpression.List list => CelType.List(Joined(list.Elements, "list")),
        CelExpression.Map map =>
            CelType.Map(Joined([.. map.Entries.Select(e => e.Key)], "map"), Joined([.. map.Entries.Select(e => e.Value)], "map")),
        CelExpression.Comprehension comprehension => Comprehension(comprehension),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private CelType Problem(CelExpression at, string message)
    {
        _problems.Add(new CelProblem(message, at.Position));
        return CelType.Dyn;
    }

    private CelType Identifier(CelExpression.Identifier identifier)
    {
        foreach (var (name, type) in _locals)
        {
            if (name == identifier.Name) return type;
        }

        if (variables.TryGetValue(identifier.Name, out var found))
        {
            _read.Add(identifier.Name);
            return found;
        }

        return CelTypeNames.Find(identifier.Name) is null
            ? Problem(identifier, $"undeclared reference to '{identifier.Name}'")
            : CelType.Type;
    }

    private CelType Select(CelExpression.Select select) =>
        CelTypeNames.Find(select) is null ? Field(select, Check(select.Operand), select.Field) : CelType.Type;

    private CelType Has(CelExpression.Has has)
    {
        Field(has, Check(has.Operand), has.Field);
        return CelType.Bool;
    }

    private CelType Field(CelExpression at, CelType operand, string field) => operand.Kind switch
    {
        CelTypeKind.Dyn => CelType.Dyn,
        CelTypeKind.Map when operand.Arguments[0].Kind is CelTypeKind.String or CelTypeKind.Dyn => operand.Arguments[1],
        CelTypeKind.Object when operand.Fields!.TryGetValue(field, out var type) => type,
        CelTypeKind.Object => Problem(at, $"undefined field '{field}' of {operand.Name}"),
        _ => Problem(at, $"type '{operand}' does not support field selection"),
    };

    private CelType Call(CelExpression.Call call)
    {
        var arguments = call.Arguments.Select(Check).ToList();
        switch (call.Function)
        {
            case "_&&_" or "_||_":
                for (var i = 0; i < 2; i++)
                {
                    if (arguments[i].Kind is not (CelTypeKind.Bool or CelTypeKind.Dyn)) NoOverload(call, arguments);
                }

                return CelType.Bool;

            case "_?_:_":
                var match = new CelTypeMatch();
                return match.Accepts(CelType.Bool, arguments[0])
                    && match.Accepts(CelType.A, arguments[1]) && match.Accepts(CelType.A, arguments[2])
                    ? match.Resolve(CelType.A)
                    : NoOverload(call, arguments);
        }

        var all = CelLibrary.Overloads(call.Function, call.IsMember);
        if (all.Count == 0)
            return Problem(call, $"undeclared reference to '{call.Function}', which Kubernetes 1.26 does not offer");

        var fitting = new List<CelFunction>();
        CelType? result = null;
        foreach (var overload in all.Where(o => !o.AtRunTimeOnly && o.Parameters.Count == arguments.Count))
        {
            var match = new CelTypeMatch();
            if (!overload.Parameters.Zip(arguments).All(pair => match.Accepts(pair.First, pair.Second))) continue;
            fitting.Add(overload);
            var type = match.Resolve(overload.Result);
            result = result is null || result.Equals(type) ? type : CelType.Dyn;
        }

        if (result is null) return NoOverload(call, arguments);
        _overloads[call] = [.. fitting, .. all.Where(o => o.AtRunTimeOnly)];
        return result;
    }

    private CelType NoOverload(CelExpression.Call call, IEnumerable<CelType> arguments) =>
        Problem(call, $"found no matching overload for '{call.Function}' applied to '({string.Join(", ", arguments)})'");

    /// <summary>Kubernetes demands that the elements of a literal have one type.</summary>
    private CelType Joined(IReadOnlyList<CelExpression> elements, string what)
    {
        var match = new CelTypeMatch();
        foreach (var element in elements)
        {
            var type = Check(element);
            if (!match.Accepts(CelType.A, type))
                return Problem(
                    element,
                    $"the elements of a {what} must have one type; expected '{match.Resolve(CelType.A)}' but found '{type}'");
        }

        return match.Resolve(CelType.A);
    }

    private CelType Comprehension(CelExpression.Comprehension comprehension)
    {
        var range = Check(comprehension.Range);
        var element = range.Kind switch
        {
            CelTypeKind.List or CelTypeKind.Map => range.Arguments[0],
            CelTypeKind.Dyn => CelType.Dyn,
            _ => Problem(
                comprehension.Range,
                $"expression of type '{range}' cannot be range of a comprehension (must be list, map, or dynamic)"),
        };

        _locals.Push((comprehension.Variable, element));
        if (comprehension.Filter is { } filter) MustBeBool(filter, Check(filter));
        var body = Check(comprehension.Body);
        if (comprehension.Macro != CelMacro.Map) MustBeBool(comprehension.Body, body);
        _locals.Pop();

        return comprehension.Macro switch
        {
            CelMacro.Map => CelType.List(body),
            CelMacro.Filter => CelType.List(element),
            _ => CelType.Bool,
        };
    }

    private void MustBeBool(CelExpression at, CelType type)
    {
        if (type.Kind is not (CelTypeKind.Bool or CelTypeKind.Dyn)) Problem(at, $"expected type 'bool' but found '{type}'");
    }
}
