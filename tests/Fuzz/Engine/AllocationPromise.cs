namespace Fuzz.Engine;

/// <summary>What a reader promises about the heap.</summary>
public enum AllocationPromise
{
    /// <summary>It may allocate.</summary>
    None,

    /// <summary>It allocates for valid input only.</summary>
    NothingForBadInput,

    /// <summary>It never allocates.</summary>
    Nothing,
}
