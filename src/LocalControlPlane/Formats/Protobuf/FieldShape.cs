namespace LocalControlPlane.Formats.Protobuf;

/// <summary>How often a field's value comes, and what becomes of it.</summary>
internal enum FieldShape
{
    One,
    List,

    /// <summary>By names.</summary>
    Map,

    /// <summary>Lists by names.</summary>
    MapOfLists,
}
