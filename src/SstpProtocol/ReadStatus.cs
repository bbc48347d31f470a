namespace SstpProtocol;

/// <summary>What a reader found. Readers are total: every input gives one of these, and none throws or allocates.</summary>
public enum ReadStatus
{
    /// <summary>A whole, well-formed value was read.</summary>
    Complete,

    /// <summary>So far well-formed; the rest has not arrived. Call again with more bytes.</summary>
    NeedMoreBytes,

    /// <summary>No further bytes can make this well-formed.</summary>
    Malformed,
}
