using System.Text.Json.Nodes;
using KubeApi.Objects;

namespace KubeApi.Events;

/// <summary>One event and its repeats.</summary>
internal sealed class EventSeries(ObjectKey stored, long now)
{
    /// <summary>The event as it is stored; repeats are counted there.</summary>
    public ObjectKey Stored { get; } = stored;

    public int Count { get; private set; } = 1;

    /// <summary>A timestamp of the time provider.</summary>
    public long LastSeen { get; private set; } = now;

    /// <summary>Counts a repeat.</summary>
    /// <returns>True when the stored count is worth bringing up to date: at each doubling,
    /// so that a flood costs next to nothing.</returns>
    public bool Repeat(long now)
    {
        LastSeen = now;
        return int.IsPow2(++Count);
    }

    public JsonObject Patch(DateTimeOffset now) => new()
    {
        ["series"] = new JsonObject { ["count"] = Count, ["lastObservedTime"] = KubeTime.Micros(now) },
    };
}
