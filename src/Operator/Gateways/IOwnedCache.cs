using KubeApi.Objects;

namespace Operator.Gateways;

/// <summary>The objects of one kind that are made for gateways, whatever their type.</summary>
internal interface IOwnedCache
{
    ResourceType Type { get; }

    KubeObject? Find(ObjectKey key);

    /// <param name="uid">Of the gateway.</param>
    IEnumerable<KubeObject> OwnedBy(string uid);
}
