using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads;

/// <summary>What the runner needs of the API server. It keeps its rules: a write that breaks them is refused.</summary>
public interface IWorkloadStore
{
    /// <summary>Completes at the next change of anything. Take it before reading.</summary>
    Task NextChange { get; }

    /// <summary>All objects of a kind; copies that the caller may change.</summary>
    IReadOnlyList<JsonObject> List(string apiVersion, string kind);

    JsonObject? Find(string apiVersion, string kind, string space, string name);

    /// <summary>Creates an object; leaves one that is there already alone.</summary>
    Task CreateAsync(JsonObject body);

    /// <summary>Changes all but the status of an object that is still the one with this uid;
    /// one that is gone is left alone.</summary>
    Task ChangeAsync(JsonObject seen, Action<JsonObject> change);

    /// <summary>Puts a status in place; that of an object that is gone is dropped.</summary>
    Task WriteStatusAsync(JsonObject seen, JsonObject status);

    /// <summary>Deletes the object with this uid and no successor of its name; one that is gone is left alone.</summary>
    /// <param name="graceSeconds">Null for the object's own period; 0 says that its end is over.</param>
    Task DeleteAsync(JsonObject seen, long? graceSeconds);
}
