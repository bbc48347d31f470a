namespace LocalControlPlane.OpenApi;

/// <summary>The document of one group and version.</summary>
/// <param name="Path">Such as <c>apis/apps/v1</c>.</param>
/// <param name="Json">UTF-8.</param>
/// <param name="Hash">Of the content, in hex: the version that clients cache by, and the ETag.</param>
public sealed record OpenApiDocument(string Path, ReadOnlyMemory<byte> Json, string Hash);
