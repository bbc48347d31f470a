using GatewayConfig;
using GatewayConfig.Channel;

namespace SstpGateway.Configuration;

/// <summary>A configuration without mistakes, and where it comes from.</summary>
/// <param name="Origin">For the log: the mounted file's path, or "revision 7 from the operator".</param>
/// <param name="Configuration">With absolute paths.</param>
internal sealed record ConfigurationContent(
    string Origin, bool IsPushed, long Revision, string Digest, GatewayConfiguration Configuration)
{
    /// <summary>Whether it takes the place of what is in force.</summary>
    /// <remarks>
    /// The higher revision wins. With the same one, what was pushed does: it came in one piece, while the volumes of a pod change
    /// one after the other. A file follows a file whatever their numbers, for people edit files.
    /// </remarks>
    public bool Supersedes(AppliedConfiguration inForce) =>
        Revision > inForce.Revision
        || (IsPushed ? Revision == inForce.Revision && !inForce.IsPushed : !inForce.IsPushed);
}
