using KubeApi.Objects;
using KubeApi.Queueing;
using KubeApi.Watching;

namespace Operator.Reconciling;

/// <summary>Says which changes make an object of a kind worth a pass.</summary>
public sealed class ControllerBuilder<T>
    where T : notnull
{
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly Watches _watches;
    private readonly SecretStore _secrets;

    internal ControllerBuilder(Watched<T> own, WorkQueue<ObjectKey> queue, Watches watches, SecretStore secrets)
    {
        Own = own;
        _queue = queue;
        _watches = watches;
        _secrets = secrets;
    }

    /// <summary>The kind itself.</summary>
    public Watched<T> Own { get; }

    /// <summary>Passes at a time, over all objects. Default 4.</summary>
    public int Workers { get; set; } = 4;

    /// <summary>A changed child is a reason to look at the owner that controls it.</summary>
    public ControllerBuilder<T> Owns<TChild>(ResourceType<TChild> child, string? labelSelector = null)
        where TChild : notnull =>
        Follows(child, change => change.Current.Metadata.Controller is { } owner
            && owner.Kind == Own.Type.Kind && owner.ApiVersion == Own.Type.ApiVersion
            ? [new ObjectKey(change.Current.Metadata.Namespace, owner.Name)]
            : [], labelSelector);

    /// <summary>A changed Secret is a reason to look at all who name it.</summary>
    /// <param name="namesOf">Secrets that an object refers to, in its own namespace.</param>
    public ControllerBuilder<T> RefersToSecrets(Func<T, IEnumerable<string>> namesOf)
    {
        var users = Own.Cache.AddReferenceIndex(user => namesOf(user.Value));
        _secrets.Watched.Follow(change => AddAll(users.Find(change.Current.Key.ToString()).Select(user => user.Key)));
        return this;
    }

    /// <summary>A change of another kind is a reason to look at those it affects.</summary>
    public ControllerBuilder<T> Follows<TOther>(
        ResourceType<TOther> other, Func<CacheChange<TOther>, IEnumerable<ObjectKey>> affected, string? labelSelector = null)
        where TOther : notnull
    {
        _watches.Of(other, labelSelector).Follow(change => AddAll(affected(change)));
        return this;
    }

    /// <summary>A change of another kind is a reason to look at all who name it, in its own namespace.</summary>
    public ControllerBuilder<T> RefersTo<TOther>(ResourceType<TOther> other, Func<T, IEnumerable<string>> namesOf)
        where TOther : notnull
    {
        var users = Own.Cache.AddReferenceIndex(user => namesOf(user.Value));
        return Follows(other, change => users.Find(change.Current.Key.ToString()).Select(user => user.Key));
    }

    private void AddAll(IEnumerable<ObjectKey> keys) => _queue.AddAll(keys);
}
