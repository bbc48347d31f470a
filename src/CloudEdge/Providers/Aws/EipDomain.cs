using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Aws;

/// <summary>Where an elastic address is used.</summary>
public enum EipDomain
{
    [JsonStringEnumMemberName("vpc")]
    Vpc,
}
