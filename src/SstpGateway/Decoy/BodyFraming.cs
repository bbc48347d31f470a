namespace SstpGateway.Decoy;

/// <summary>How the end of a request's body is found (RFC 9112 section 6).</summary>
internal enum BodyFraming
{
    None,
    Length,
    Chunked,
}
