namespace SstpGateway.Addressing;

/// <summary>Consecutive things to give out: addresses, or the first addresses of networks of one size.</summary>
/// <param name="First">As a number.</param>
/// <param name="Step">Distance from one to the next: 1 for addresses, 2^64 for /64s.</param>
/// <param name="Count">How many; may be 0.</param>
internal readonly record struct AddressRange(UInt128 First, UInt128 Step, int Count)
{
    /// <summary>Whether the number is one that this range gives out, or lies inside one.</summary>
    public bool TryFind(UInt128 number, out int index)
    {
        index = 0;
        if (number < First || (number - First) / Step >= (UInt128)Count) return false;
        index = (int)((number - First) / Step);
        return true;
    }
}
