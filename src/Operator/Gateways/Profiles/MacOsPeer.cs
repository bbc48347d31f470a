using System.Text;

namespace Operator.Gateways.Profiles;

/// <summary>macOS has no SSTP client of its own; sstp-client carries its pppd. Not tried.</summary>
internal static class MacOsPeer
{
    public static ProfileFile Write(ProfileSubject subject)
    {
        var peer = new StringBuilder();
        peer.Append(
            "# macOS has no SSTP client of its own. Client: sstp-client (Homebrew), "
            + "which carries the system's pppd; not tried by us.\n");
        peer.Append($"# Keep as /etc/ppp/peers/{subject.Name}, mode 0600, then: sudo pppd call {subject.Name} nodetach\n");
        PppdPeer.Options(
            peer, subject, subject.AuthorityPem is null ? null : $"/etc/ppp/{subject.Name}-ca.pem", "/var/run/sstpc");
        foreach (var route in subject.ClientRoutes) peer.Append(
            $"# route -n add {(route.Contains(':', StringComparison.Ordinal) ? "-inet6 " : "")}-net {route} -interface ppp0\n");
        return new ProfileFile("macos-peer", peer.ToString(), subject.Password is not null);
    }
}
