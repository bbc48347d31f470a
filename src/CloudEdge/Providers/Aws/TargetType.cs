using System.Text.Json.Serialization;

namespace CloudEdge.Providers.Aws;

/// <summary>How a target group finds its machines.</summary>
public enum TargetType
{
    [JsonStringEnumMemberName("instance")]
    Instance,
}
