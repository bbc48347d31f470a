using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Operator.Dns;

/// <summary>Addresses of a name, without order and without repetition; compared as sets.</summary>
public sealed class AddressSet : IEquatable<AddressSet>
{
    private readonly ImmutableArray<IPAddress> _sorted;

    public AddressSet(IEnumerable<IPAddress> addresses) =>
        _sorted = [.. addresses.Distinct().OrderBy(address => address.AddressFamily)
            .ThenBy(address => Convert.ToHexString(address.GetAddressBytes()), StringComparer.Ordinal)];

    public static AddressSet Empty { get; } = new([]);

    /// <summary>IPv4 first, then by value, so that the text is the same each time.</summary>
    public ImmutableArray<IPAddress> All => _sorted;

    public bool IsEmpty => _sorted.IsEmpty;

    public ImmutableArray<IPAddress> V4 => [.. _sorted.Where(address => address.AddressFamily == AddressFamily.InterNetwork)];

    public ImmutableArray<IPAddress> V6 => [.. _sorted.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6)];

    public IReadOnlyList<string> Texts => [.. _sorted.Select(address => address.ToString())];

    /// <summary>Reads texts that this class wrote; others are left out.</summary>
    public static AddressSet Parse(IEnumerable<string> texts) =>
        new(texts.Select(text => IPAddress.TryParse(text, out var address) ? address : null).OfType<IPAddress>());

    /// <summary>Only the families asked for.</summary>
    public AddressSet Only(bool v4, bool v6) => new((v4 ? V4 : []).Concat(v6 ? V6 : []));

    public bool Equals(AddressSet? other) => other is not null && _sorted.SequenceEqual(other._sorted);

    public override bool Equals(object? obj) => Equals(obj as AddressSet);

    public override int GetHashCode() => _sorted.Aggregate(0, HashCode.Combine);

    public override string ToString() => _sorted.IsEmpty ? "none" : string.Join(", ", Texts);
}
