using System.Text.Json.Nodes;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Events;

/// <summary>The two APIs of events name the same facts differently; stored is the form of core/v1.</summary>
internal static class EventView
{
    // core/v1 on the left, events.k8s.io/v1 on the right. What is named alike in both is not listed.
    private static readonly (string Core, string Event)[] Names =
    [
        ("message", "note"),
        ("involvedObject", "regarding"),
        ("reportingComponent", "reportingController"),
        ("count", "deprecatedCount"),
        ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"),
        ("source", "deprecatedSource"),
    ];

    public static JsonObject ToStored(JsonObject view)
    {
        var stored = Rename(view, Names.ToDictionary(pair => pair.Event, pair => pair.Core));
        stored["apiVersion"] = BuiltInTypes.CoreEvent.ApiVersion;
        // kubectl's table and describe look at the source first.
        if (stored["source"] is not JsonObject { Count: > 0 } && stored.Text("reportingComponent") is { } component)
            stored["source"] = new JsonObject { ["component"] = component };
        return stored;
    }

    public static JsonObject FromStored(JsonObject stored)
    {
        var view = Rename(stored, Names.ToDictionary(pair => pair.Core, pair => pair.Event));
        view["apiVersion"] = BuiltInTypes.Event.ApiVersion;
        return view;
    }

    private static JsonObject Rename(JsonObject from, Dictionary<string, string> names)
    {
        var result = new JsonObject();
        foreach (var (name, value) in from) result[names.GetValueOrDefault(name, name)] = value?.DeepClone();
        return result;
    }
}
