using System.Text.Json.Nodes;

namespace LocalControlPlane.Storage;

/// <summary>A write in the queue of the one writer.</summary>
/// <param name="Body">Null for a deletion.</param>
internal sealed record PendingWrite(ObjectKey Key, Expectation Expected, JsonObject? Body, string Schema)
{
    // The writer thread must not run what waits for the result.
    public TaskCompletionSource<WriteOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
