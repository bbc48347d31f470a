namespace SstpGateway.Decoy;

/// <summary>What a Range field, or its absence, asks for.</summary>
internal enum RangeRequest
{
    Whole,
    Part,

    /// <summary>Not a range, or one outside the file: 416.</summary>
    NotSatisfiable,
}
