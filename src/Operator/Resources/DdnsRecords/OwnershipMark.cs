using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<OwnershipMark>))]
public enum OwnershipMark
{
    /// <summary>The best the provider can do.</summary>
    Auto,

    /// <summary>A TXT record beside the name.</summary>
    Txt,

    /// <summary>The provider's comment field.</summary>
    Comment,

    /// <summary>No mark: whoever holds the credentials owns the name.</summary>
    None,
}
