namespace LocalControlPlane.Cel.Values;

/// <summary>int, uint and double on one number line, without loss near the ends of the integer ranges.</summary>
internal static class NumberOrder
{
    /// <summary>2^63 and 2^64 as doubles: the first that no longer fit.</summary>
    private const double IntEnd = 9223372036854775808.0, UintEnd = 18446744073709551616.0;

    /// <summary>Null when one of the two is no number, or NaN.</summary>
    public static int? Compare(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => a.Value.CompareTo(b.Value),
        (UintValue a, UintValue b) => a.Value.CompareTo(b.Value),
        (IntValue a, UintValue b) => a.Value < 0 ? -1 : ((ulong)a.Value).CompareTo(b.Value),
        (UintValue, IntValue) => -Compare(right, left),
        (DoubleValue a, DoubleValue b) => double.IsNaN(a.Value) || double.IsNaN(b.Value) ? null : a.Value.CompareTo(b.Value),
        (IntValue a, DoubleValue b) => Compare(a.Value, b.Value),
        (UintValue a, DoubleValue b) => Compare(a.Value, b.Value),
        (DoubleValue, IntValue or UintValue) => -Compare(right, left),
        _ => null,
    };

    private static int? Compare(long left, double right)
    {
        if (double.IsNaN(right)) return null;
        if (right >= IntEnd) return -1;
        if (right < -IntEnd) return 1;
        var whole = left.CompareTo((long)right);
        return whole != 0 ? whole : Math.Sign(Math.Truncate(right) - right);
    }

    private static int? Compare(ulong left, double right)
    {
        if (double.IsNaN(right)) return null;
        if (right >= UintEnd) return -1;
        if (right < 0) return 1;
        var whole = left.CompareTo((ulong)right);
        return whole != 0 ? whole : Math.Sign(Math.Truncate(right) - right);
    }
}
