using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<DeletionAction>))]
public enum DeletionAction
{
    /// <summary>Records and mark go.</summary>
    Delete,

    /// <summary>Records stay, the mark goes, so that another owner can take over.</summary>
    Keep,

    /// <summary>Records get other addresses, the mark goes.</summary>
    Replace,
}
