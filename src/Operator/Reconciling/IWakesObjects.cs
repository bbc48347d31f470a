using KubeApi.Objects;

namespace Operator.Reconciling;

/// <summary>A reconciler that learns by itself that objects are worth a pass,
/// without a change of anything that is watched.</summary>
public interface IWakesObjects
{
    event Action<ObjectKey>? Woken;
}
