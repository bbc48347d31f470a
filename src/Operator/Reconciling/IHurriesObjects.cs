using KubeApi.Objects;

namespace Operator.Reconciling;

/// <summary>A reconciler that can do some objects better together: those that wait for a pass anyway it puts first.</summary>
public interface IHurriesObjects
{
    /// <summary>Puts an object's pass before all others that wait; false when it neither waits for one nor is in one.</summary>
    Func<ObjectKey, bool> Hurry { set; }

    /// <summary>An object's pass is over, however it ended, and none follows at once.</summary>
    void Rest(ObjectKey key);
}
