using System.Net;
using LocalControlPlane;
using LocalControlPlane.Workloads;

namespace Operator.Local;

/// <summary>How everything is run on one host.</summary>
/// <param name="Manifests">The folder that is kept applied; null for none.</param>
/// <param name="Gateway">What stands for the image of gateways.</param>
/// <param name="MetricsClientSecret"><see cref="Hosting.OperatorOptions.MetricsClientSecret"/>.</param>
/// <param name="StopsWorkloads">The gateways end with it, instead of living on.</param>
internal sealed record LocalSettings(
    ControlPlaneOptions ControlPlane, string? Manifests, ProgramCommand Gateway, IPEndPoint HealthAddress,
    string? CgroupFolder, string? MetricsClientSecret,
    bool StopsWorkloads);
