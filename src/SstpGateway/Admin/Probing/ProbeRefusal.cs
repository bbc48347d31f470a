namespace SstpGateway.Admin.Probing;

/// <summary>Why a gateway does not look.</summary>
/// <param name="IsForNow">It may be asked again later; else it has to be told of the target first.</param>
internal sealed record ProbeRefusal(string Message, bool IsForNow);
