using LocalControlPlane;

namespace Operator.Local;

/// <summary>Shows a person how things stand, until told to stop.</summary>
internal interface IStatusView
{
    Task ShowAsync(ControlPlane plane, CancellationToken stopping);
}
