using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Manifests;

/// <summary>Makes the stored objects be what a folder says, and goes on doing so: what a file stops to name is deleted.</summary>
public sealed class ManifestApplier(ControlPlane plane, ManifestFolder folder, TimeProvider clock, ILogger logger)
{
    /// <summary>Marks what came from the folder, so that it can be found when no file names it any more.</summary>
    public const string Label = "vpn.sstp-operator.dev/from-manifests";

    /// <summary>How soon a changed file is seen. Polled, because what editors, git and symbolic
    /// links do to a folder has no one event.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What was changed by hand is put back, and what was refused is tried again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private static readonly WriteOptions Options =
        new("sstp-operator-manifests", Validation: FieldValidation.Strict, Force: true);

    private static readonly string[] First = ["CustomResourceDefinition", "Namespace", "Secret", "ConfigMap"];

    private string? _reported;

    /// <summary>Applies at once, on each change, and each minute.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        string? applied = null;
        var due = clock.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            var stamp = folder.Stamp();
            if (stamp != applied || clock.GetUtcNow() >= due)
            {
                await ApplyAsync().ConfigureAwait(false);
                applied = stamp;
                due = clock.GetUtcNow() + Again;
            }

            await Task.Delay(Interval, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Applies the folder as it is now. A mistake in one object does not hold up the others; one in a file holds up all,
    /// because what it was to say is not known.</summary>
    /// <returns>Whether all of it is in force.</returns>
    public async Task<bool> ApplyAsync()
    {
        IReadOnlyList<Manifest> manifests;
        try
        {
            manifests = folder.Read();
        }
        catch (Exception e) when (e is ManifestException or IOException)
        {
            Report(e.Message, () => ManifestLog.Unreadable(logger, e.Message));
            return false;
        }

        var kept = new HashSet<ObjectKey>();
        var refusals = new List<string>();
        foreach (var manifest in manifests.OrderBy(Rank))
        {
            try
            {
                kept.Add(await ApplyAsync(manifest).ConfigureAwait(false));
            }
            catch (Exception e) when (e is ApiException or StorageException)
            {
                if (Key(manifest) is { } key) kept.Add(key);
                refusals.Add($"{manifest}\0{e.Message}");
            }
        }

        Report(string.Join('\n', refusals), () =>
        {
            foreach (var refusal in refusals.Select(text => text.Split('\0')))
                ManifestLog.Refused(logger, refusal[0], refusal[1]);
        });
        await PruneAsync(kept).ConfigureAwait(false);
        return refusals.Count == 0;
    }

    private static int Rank(Manifest manifest) => Array.IndexOf(First, manifest.Kind) is >= 0 and var rank ? rank : First.Length;

    private async Task<ObjectKey> ApplyAsync(Manifest manifest)
    {
        var type = Type(manifest) ?? throw new ApiException(
            404, "NotFound", $"{manifest.Kind} of {manifest.ApiVersion} is not served here; is it spelt right?");
        var key = Key(type, manifest);
        var intent = (JsonObject)manifest.Body.DeepClone();
        if (intent.Metadata()["labels"] is not JsonObject labels) intent.Metadata()["labels"] = labels = [];
        labels[Label] = "true";
        var before = plane.Store.Find(key)?.Revision;
        var result = await plane.Writer.ApplyAsync(type, key, intent, WritePath.Main, Options).ConfigureAwait(false);
        if (result.Stored.Revision != before)
            ManifestLog.Applied(logger, manifest.ToString(), result.IsCreated ? "was created" : "was changed");
        return key;
    }

    private async Task PruneAsync(HashSet<ObjectKey> kept)
    {
        var gone = plane.Store.Everything()
            .Where(stored => stored.Labels.ContainsKey(Label) && !kept.Contains(stored.Key)
                && stored.Text("metadata", "deletionTimestamp") is null);
        foreach (var stored in gone)
        {
            if (plane.Types.Current.FindStored(stored.Key.Resource) is not { } type) continue;
            try
            {
                await plane.Remover.DeleteAsync(type, stored.Key, new DeleteOptions(DeletePolicy.Background, stored.Uid))
                    .ConfigureAwait(false);
                ManifestLog.Pruned(logger, stored.Key.ToString());
            }
            catch (ApiException e) when (e.Reason is "NotFound" or "Conflict" or "Forbidden")
            {
                // Gone by itself, or one that stays whatever the folder says.
            }
        }
    }

    private ResourceType? Type(Manifest manifest) => plane.Types.Current.FindKind(manifest.ApiVersion, manifest.Kind);

    private ObjectKey? Key(Manifest manifest) => Type(manifest) is { } type ? Key(type, manifest) : null;

    private static ObjectKey Key(ResourceType type, Manifest manifest) =>
        new(type.StorageName, type.IsNamespaced ? manifest.Body.MetadataText("namespace") ?? "default" : "", manifest.Name);

    // Each minute brings the same refusals again; a reader wants each once.
    private void Report(string problems, Action write)
    {
        if (problems.Length > 0 && problems != _reported) write();
        _reported = problems;
    }
}
