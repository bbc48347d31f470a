namespace Fuzz.Engine;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): a generator that can be started anywhere,
/// so that each input has its own number.</summary>
public struct FuzzRandom(ulong state)
{
    private ulong _state = state;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to one below <paramref name="limit"/>, which must be above zero.</summary>
    public int Below(int limit) => (int)((Next() >> 32) * (ulong)limit >> 32);

    public bool OneIn(int limit) => Below(limit) == 0;
}
