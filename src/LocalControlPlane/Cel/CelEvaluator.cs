using System.Diagnostics;
using LocalControlPlane.Cel.Functions;
using LocalControlPlane.Cel.Syntax;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Cel;

/// <summary>Walks the tree once. Errors are values; only the logic operators and ?:
/// may swallow one ("Logical Operators").</summary>
internal sealed class CelEvaluator(
    IReadOnlyDictionary<CelExpression, IReadOnlyList<CelFunction>> overloads,
    IReadOnlyDictionary<string, CelValue> variables, CelBudget budget)
{
    private static readonly ErrorValue Spent = new("operation cancelled: actual cost limit exceeded");

    private readonly Stack<(string Name, CelValue Value)> _locals = new();

    public CelValue Evaluate(CelExpression expression)
    {
        if (!budget.TrySpend(1)) return Spent;
        return expression switch
        {
            CelExpression.Literal literal => literal.Value,
            CelExpression.Identifier identifier => Identifier(identifier.Name),
            CelExpression.Select select => (CelValue?)CelTypeNames.Find(select) ?? Field(Evaluate(select.Operand), select.Field),
            CelExpression.Has has => Has(Evaluate(has.Operand), has.Field),
            CelExpression.Call { Function: "_&&_" } call => Logic(call.Arguments[0], call.Arguments[1], absorbing: false),
            CelExpression.Call { Function: "_||_" } call => Logic(call.Arguments[0], call.Arguments[1], absorbing: true),
            CelExpression.Call { Function: "_?_:_" } call => Conditional(call),
            CelExpression.Call call => Call(call),
            CelExpression.List list => List(list),
            CelExpression.Map map => Map(map),
            CelExpression.Comprehension comprehension => Comprehension(comprehension),
            _ => throw new UnreachableException(),
        };
    }

    private CelValue Identifier(string name)
    {
        foreach (var local in _locals)
        {
            if (local.Name == name) return local.Value;
        }

        return variables.GetValueOrDefault(name) ?? (CelValue?)CelTypeNames.Find(name)
            ?? new ErrorValue($"no such attribute: {name}");
    }

    private static CelValue Field(CelValue operand, string field) => operand switch
    {
        ErrorValue => operand,
        ObjectValue o => o.Field(field) ?? ErrorValue.NoSuchKey(field),
        MapValue m => m.Find(new StringValue(field)) ?? ErrorValue.NoSuchKey(field),
        _ => new ErrorValue($"no such overload: select '{field}' on {operand.Type}"),
    };

    private static CelValue Has(CelValue operand, string field) => operand switch
    {
        ErrorValue => operand,
        ObjectValue o => BoolValue.Of(o.Field(field) is not null),
        MapValue m => BoolValue.Of(m.Find(new StringValue(field)) is not null),
        _ => new ErrorValue($"no such overload: has '{field}' on {operand.Type}"),
    };

    /// <summary>Either side alone can decide the result, whatever the other is, an error included.</summary>
    private CelValue Logic(CelExpression left, CelExpression right, bool absorbing)
    {
        var first = Evaluate(left);
        if (first is BoolValue a && a.Value == absorbing) return a;
        var second = Evaluate(right);
        if (second is BoolValue b && b.Value == absorbing) return b;
        if (first is BoolValue && second is BoolValue) return second;
        return first is ErrorValue ? first
            : second is ErrorValue ? second
            : ErrorValue.NoSuchOverload(absorbing ? "_||_" : "_&&_", [first, second]);
    }

    private CelValue Conditional(CelExpression.Call call) => Evaluate(call.Arguments[0]) switch
    {
        BoolValue condition => Evaluate(call.Arguments[condition.Value ? 1 : 2]),
        ErrorValue error => error,
        var other => ErrorValue.NoSuchOverload("_?_:_", [other]),
    };

    private CelValue Call(CelExpression.Call call)
    {
        var arguments = new CelValue[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(call.Arguments[i]);
            if (arguments[i] is ErrorValue) return arguments[i];
        }

        if (call.Function is not ("size" or "_[_]" or "type" or "dyn") && !budget.TrySpend(arguments.Sum(Weight))) return Spent;
        foreach (var overload in overloads[call])
        {
            if (overload.Takes(arguments)) return overload.Apply(arguments);
        }

        return ErrorValue.NoSuchOverload(call.Function, arguments);
    }

    private static long Weight(CelValue argument) => argument switch
    {
        StringValue s => s.Value.Length / 10,
        BytesValue b => b.Value.Length / 10,
        ListValue l => l.Elements.Count,
        MapValue m => m.Entries.Count,
        _ => 0,
    };

    private CelValue List(CelExpression.List list)
    {
        var elements = new CelValue[list.Elements.Count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = Evaluate(list.Elements[i]);
            if (elements[i] is ErrorValue) return elements[i];
        }

        return new ListValue(elements);
    }

    private CelValue Map(CelExpression.Map map)
    {
        var entries = new List<KeyValuePair<CelValue, CelValue>>();
        foreach (var (keyExpression, valueExpression) in map.Entries)
        {
            var key = Evaluate(keyExpression);
            if (key is ErrorValue) return key;
            var value = Evaluate(valueExpression);
            if (value is ErrorValue) return value;
            entries.Add(new(key, value));
        }

        return MapValue.Of(entries);
    }

    private CelValue Comprehension(CelExpression.Comprehension comprehension)
    {
        var range = Evaluate(comprehension.Range);
        if (range is ErrorValue) return range;
        if (range is not (ListValue or MapValue)) return ErrorValue.NoSuchOverload(comprehension.Macro.ToString(), [range]);

        var elements = range is ListValue list ? list.Elements : [.. ((MapValue)range).Entries.Select(entry => entry.Key)];
        return comprehension.Macro switch
        {
            CelMacro.All => Quantifier(comprehension, elements, decides: false),
            CelMacro.Exists => Quantifier(comprehension, elements, decides: true),
            CelMacro.ExistsOne => ExistsOne(comprehension, elements),
            _ => Selected(comprehension, elements),
        };
    }

    /// <summary>all() is a chain of &amp;&amp; and exists() one of ||, so they absorb errors alike.</summary>
    private CelValue Quantifier(CelExpression.Comprehension comprehension, IReadOnlyList<CelValue> elements, bool decides)
    {
        ErrorValue? error = null;
        foreach (var element in elements)
        {
            switch (With(comprehension.Variable, element, comprehension.Body))
            {
                case BoolValue b when b.Value == decides: return b;
                case BoolValue: break;
                case ErrorValue e when ReferenceEquals(e, Spent): return e;
                case ErrorValue e: error ??= e; break;
                case var other: error ??= ErrorValue.NoSuchOverload(decides ? "_||_" : "_&&_", [other]); break;
            }
        }

        return error ?? (CelValue)BoolValue.Of(!decides);
    }

    private CelValue ExistsOne(CelExpression.Comprehension comprehension, IReadOnlyList<CelValue> elements)
    {
        var count = 0;
        foreach (var element in elements)
        {
            var verdict = With(comprehension.Variable, element, comprehension.Body);
            if (verdict is not BoolValue b)
                return verdict is ErrorValue ? verdict : ErrorValue.NoSuchOverload("exists_one", [verdict]);
            if (b.Value) count++;
        }

        return BoolValue.Of(count == 1);
    }

    private CelValue Selected(CelExpression.Comprehension comprehension, IReadOnlyList<CelValue> elements)
    {
        var isMap = comprehension.Macro == CelMacro.Map;
        var condition = isMap ? comprehension.Filter : comprehension.Body;
        var results = new List<CelValue>();
        foreach (var element in elements)
        {
            if (condition is not null)
            {
                var verdict = With(comprehension.Variable, element, condition);
                if (verdict is not BoolValue b)
                    return verdict is ErrorValue ? verdict : ErrorValue.NoSuchOverload("filter", [verdict]);
                if (!b.Value) continue;
            }

            var result = isMap ? With(comprehension.Variable, element, comprehension.Body) : element;
            if (result is ErrorValue) return result;
            results.Add(result);
        }

        return new ListValue(results);
    }

    private CelValue With(string variable, CelValue value, CelExpression body)
    {
        _locals.Push((variable, value));
        var result = Evaluate(body);
        _locals.Pop();
        return result;
    }
}
