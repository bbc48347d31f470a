using System.Reflection;
using FluentValidation;
using Operator.Resources.Schemas;

namespace Operator.Resources.Validation;

/// <summary>Keeps the rules that a record states in CEL, in the same words: each rule is looked up by the beginning of its
/// message, so that neither side can have one that the other has not.</summary>
/// <typeparam name="T">The record with the <see cref="RuleAttribute"/>s.</typeparam>
public abstract class RuleValidator<T> : AbstractValidator<T>
{
    private readonly List<string> _open =
        [.. typeof(T).GetCustomAttributes<RuleAttribute>(inherit: false).Select(rule => rule.Message)];

    /// <summary>Rules of the record that nothing here keeps; a test wants none.</summary>
    public IReadOnlyList<string> NotKept => _open;

    /// <param name="begin">How the rule's message begins.</param>
    /// <param name="holds">What the rule's CEL says.</param>
    protected void Keeps(string begin, Func<T, bool> holds)
    {
        var message = _open.Single(open => open.StartsWith(begin, StringComparison.Ordinal));
        _open.Remove(message);
        RuleFor(value => value).Must(holds).WithMessage(message);
    }
}
