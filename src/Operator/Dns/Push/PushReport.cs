using System.Globalization;

namespace Operator.Dns.Push;

/// <summary>A report of addresses, as it is kept on the record: in an annotation, so that it
/// survives restarts and wakes the record up.</summary>
public sealed record PushReport(DateTimeOffset Time, AddressSet Addresses)
{
    public const string Annotation = Resources.ApiGroup.Name + "/reported";

    public string ToText() =>
        $"{Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} "
        + $"{string.Join(' ', Addresses.Texts)}";

    /// <summary>Null for no report, or text that is none.</summary>
    public static PushReport? TryRead(string? text)
    {
        if (text?.Split(' ') is not [var time, .. var addresses] ||
            !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return null;

        var set = AddressSet.Parse(addresses);
        return set.IsEmpty ? null : new PushReport(at, set);
    }
}
