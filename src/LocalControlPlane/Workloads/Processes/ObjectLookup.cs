using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>Finds a Secret or ConfigMap; null when there is none.</summary>
internal delegate JsonObject? ObjectLookup(string kind, string space, string name);
