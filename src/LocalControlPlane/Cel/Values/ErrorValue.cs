using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>An operation that had no result. It travels outward until something absorbs it.</summary>
public sealed class ErrorValue(string message) : CelValue
{
    public string Message { get; } = message;

    public override CelType Type => CelType.Dyn;

    public static ErrorValue NoSuchOverload(string function, IEnumerable<CelValue> arguments) =>
        new($"no such overload: {function}({string.Join(", ", arguments.Select(a => a.Type))})");

    public static ErrorValue NoSuchKey(string key) => new($"no such key: {key}");

    public override bool EqualTo(CelValue other) => false;

    public override string ToString() => Message;
}
