namespace Operator.Dns.Ownership;

/// <summary>Whether a name may be written, and on what condition. Pure.</summary>
/// <remarks>
/// | mark at the service | addresses there | adopt | what is done                                            |
/// |---------------------|-----------------|-------|---------------------------------------------------------|
/// | ours                | any             | any   | written, on condition that the mark is still ours       |
/// | none                | none            | any   | created, on condition that the name is still free       |
/// | none                | any             | no    | refused: somebody made these by hand                    |
/// | none                | any             | yes   | taken over                                              |
/// | another's           | any             | no    | refused: another owner, who is named                    |
/// | another's           | any             | yes   | taken over; the other finds its mark gone and stops     |
///
/// At deletion only a name with our mark is touched.
/// </remarks>
public static class OwnershipPlan
{
    /// <param name="marks">What stands at the mark's place at the service.</param>
    /// <param name="ours">The value of our own mark.</param>
    /// <param name="hasAddresses">Whether A or AAAA records stand at the name.</param>
    public static OwnershipVerdict Decide(IReadOnlyCollection<string> marks, string ours, bool hasAddresses, bool adopt)
    {
        if (marks.Contains(ours)) return new OwnershipVerdict.Ours();
        if (adopt && (marks.Count > 0 || hasAddresses)) return new OwnershipVerdict.TakeOver();
        if (marks.Select(OwnerMark.ReadOwner).OfType<string>().FirstOrDefault() is { } other)
            return new OwnershipVerdict.Refused(
                "OwnedByAnother",
                $"The name is owned by {other}, which publishes it. Delete that object, "
                + "or set spec.policy.adopt to take the name over.");
        return hasAddresses
            ? new OwnershipVerdict.Refused(
                "ForeignRecord",
                "Address records that this operator did not make stand at the name. "
                + "Remove them, or set spec.policy.adopt to take them over.")
            : new OwnershipVerdict.Free();
    }
}
