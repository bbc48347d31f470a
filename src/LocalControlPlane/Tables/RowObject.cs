namespace LocalControlPlane.Tables;

/// <summary>What a row carries beside its cells (the request's <c>includeObject</c>).</summary>
public enum RowObject
{
    /// <summary>The default.</summary>
    Metadata,
    None,
    Whole,
}
