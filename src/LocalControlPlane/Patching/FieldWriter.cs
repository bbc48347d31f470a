namespace LocalControlPlane.Patching;

/// <summary>Who writes, for field management.</summary>
/// <param name="Manager">The fieldManager of the request, at most 128 characters; never empty.</param>
/// <param name="ApiVersion">Version that the request is written in.</param>
/// <param name="Subresource">Such as "status"; empty for the main path.</param>
/// <param name="HasStatusPath">The kind has /status, so that the main path cannot claim the status.</param>
public sealed record FieldWriter(string Manager, string ApiVersion, string Subresource, bool HasStatusPath, DateTimeOffset Now);
