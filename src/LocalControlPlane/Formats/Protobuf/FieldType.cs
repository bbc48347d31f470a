namespace LocalControlPlane.Formats.Protobuf;

/// <summary>What a field of a message holds, by how it is read.</summary>
internal enum FieldType
{
    String,
    Bool,

    /// <summary>Any whole number.</summary>
    Int,

    /// <summary>Base64 in JSON.</summary>
    Bytes,

    /// <summary>meta/v1 Time: seconds, and nanoseconds that are cut off.</summary>
    Time,

    /// <summary>meta/v1 MicroTime.</summary>
    MicroTime,

    Quantity,
    IntOrString,

    /// <summary>JSON text in a field of its own (FieldsV1).</summary>
    Raw,

    Message,
}
