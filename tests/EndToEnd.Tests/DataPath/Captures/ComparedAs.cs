namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>What may lie between the two captures.</summary>
public enum ComparedAs
{
    /// <summary>Nothing but the tunnel without offloads: packet by packet, byte by byte.</summary>
    Exact,

    /// <summary>The tunnel with offloads: packets of a flow may be cut or joined, with their checksums left open.</summary>
    Joined,

    /// <summary>The tunnel, a router, and a device that cut again what was joined: packet by packet, one hop further.</summary>
    Forwarded,
}
