using KubeApi.Objects;

namespace KubeApi.Events;

/// <summary>Tells people what happened to an object. Never blocks, never fails:
/// events are for reading, not for deciding.</summary>
public interface IEventRecorder
{
    /// <param name="type">The kind of <paramref name="regarding"/>.</param>
    /// <param name="reason">Why, in one PascalCase word that stays the same: "RateLimitedByCA". At most 128 characters.</param>
    /// <param name="action">What was being done, in PascalCase: "PublishRecord". At most 128 characters.</param>
    /// <param name="note">A sentence for people; beyond 1 KiB it is cut. No secrets.</param>
    void Record(ResourceType type, ObjectMeta regarding, EventType severity, string reason, string action, string note);
}
