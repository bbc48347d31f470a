namespace SstpGateway.Certificates;

/// <summary>What looking at a pair of files changed.</summary>
internal enum SlotChange
{
    None,

    /// <summary>A new certificate is in use.</summary>
    Accepted,

    /// <summary>Neither file exists, and none did before: as long as nothing was issued, that is how it should be.</summary>
    Awaited,

    /// <summary>The files are not fit for use, for a reason that was not known before.</summary>
    Refused,
}
