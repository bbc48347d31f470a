using Operator.Resources;

namespace Operator.Gateways.Planning.Status;

/// <summary>One condition before it has times.</summary>
/// <param name="Message">For a person; without times and counters, so that it changes only when something does.</param>
/// <param name="NeedsPerson">Nothing more happens until somebody acts.</param>
internal sealed record Finding(string Type, ConditionStatus Status, string Reason, string Message, bool NeedsPerson = false)
{
    public bool Holds => Status == ConditionStatus.True;

    public static Finding True(string type, string reason, string message) => new(type, ConditionStatus.True, reason, message);

    public static Finding False(string type, string reason, string message, bool needsPerson = false) =>
        new(type, ConditionStatus.False, reason, message, needsPerson);

    public static Finding Unknown(string type, string reason, string message) =>
        new(type, ConditionStatus.Unknown, reason, message);
}
