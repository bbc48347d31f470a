namespace CloudEdge.Machines;

/// <summary>A machine's part in the cluster.</summary>
public enum MachineRole
{
    /// <summary>Starts the cluster; the others join it.</summary>
    FirstServer,

    /// <summary>A further member of the control plane.</summary>
    Server,

    /// <summary>Only carries gateways.</summary>
    Agent,
}
