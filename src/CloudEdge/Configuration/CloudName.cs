namespace CloudEdge.Configuration;

/// <summary>Who rents out the machines.</summary>
public enum CloudName
{
    Hetzner,
    Aws,
}
