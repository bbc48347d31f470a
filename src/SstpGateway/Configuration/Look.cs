namespace SstpGateway.Configuration;

/// <summary>Why a file that is followed is looked at, which decides what a fault in it means.</summary>
internal enum Look
{
    /// <summary>Something in its folder has just changed: whoever writes may be half-way through,
    /// so only good content counts.</summary>
    Hint,

    /// <summary>It is time again. A fault counts when it is seen a second time.</summary>
    Routine,

    /// <summary>Somebody asked for it: a fault is a fault at once.</summary>
    Ordered,
}
