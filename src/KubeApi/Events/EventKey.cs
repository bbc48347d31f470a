namespace KubeApi.Events;

/// <summary>What makes two happenings the same event, told twice. The note belongs to it,
/// or a changed one would be lost in a series.</summary>
internal readonly record struct EventKey(string Uid, EventType Severity, string Reason, string Action, string Note);
