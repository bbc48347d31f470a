using KubeApi.Objects;

namespace Operator.Reconciling;

/// <summary>A reconciler that can do some objects better together: those that wait for a pass anyway it puts first.</summary>
public interface IHurriesObjects
{
    /// <summary>Puts an object's pass before all others that wait; false when none waits.</summary>
    Func<ObjectKey, bool> Hurry { set; }
}
