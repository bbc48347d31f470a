using System.Net;
using KubeApi.Objects;
using Operator.Dns.Providers;

namespace Operator.Dns.Accounts;

/// <summary>What a record wants its account's service to do, which others of the account may do for it.</summary>
/// <param name="Who">The record.</param>
/// <param name="Subject">Digest of the provider's section and the credentials: the same request can only say the same.</param>
/// <param name="Sent">What the record publishes by it.</param>
/// <param name="Siblings">Records that may want the same; asked for when the wish is the first of its kind.</param>
/// <param name="Most">Names that the service takes in one request.</param>
public sealed record NameWish(
    ObjectKey Who, string Subject, AddressChange Change, AddressSet Sent, Func<IReadOnlyList<ObjectKey>> Siblings, int Most)
{
    /// <summary>Wishes of one kind differ in nothing but the name.</summary>
    public string Kind { get; } = $"{Subject} {Change.TimeToLive} {Texts(Change.V4)} {Texts(Change.V6)}";

    private static string Texts(IEnumerable<IPAddress>? addresses) => addresses is null ? "-" : string.Join(',', addresses);
}
