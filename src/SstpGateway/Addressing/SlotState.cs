namespace SstpGateway.Addressing;

internal enum SlotState : byte
{
    Free,

    /// <summary>Free, but kept for the user who had it last.</summary>
    Remembered,
    Leased,
}
