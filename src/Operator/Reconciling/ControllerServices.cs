using KubeApi.Client;
using KubeApi.Events;
using KubeApi.Queueing;
using Microsoft.Extensions.Logging;

namespace Operator.Reconciling;

/// <summary>What every controller works with.</summary>
public sealed record ControllerServices(
    KubeClient Client, Watches Watches, SecretStore Secrets, IEventRecorder Events,
    QueueMetrics QueueMetrics, ReconcileMetrics Metrics,
    TimeProvider Time, ILogger<ControllerServices> Logger);
