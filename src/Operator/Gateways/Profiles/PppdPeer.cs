using System.Text;
using Operator.Gateways.Profiles.Texts;

namespace Operator.Gateways.Profiles;

/// <summary>A peer file of pppd, with sstpc to carry it.</summary>
internal static class PppdPeer
{
    public static ProfileFile Write(ProfileSubject subject)
    {
        var peer = new StringBuilder();
        peer.Append(
            $"# Client: sstp-client and ppp. Keep as /etc/ppp/peers/{subject.Name}, mode 0600, then: "
            + $"pppd call {subject.Name} nodetach\n");
        Options(peer, subject, subject.AuthorityPem is null ? null : $"/etc/ppp/{subject.Name}-ca.pem", "/run/sstpc");
        foreach (var route in subject.ClientRoutes) peer.Append($"# ip route add {route} dev ppp0\n");
        return new ProfileFile("linux-peer", peer.ToString(), subject.Password is not null);
    }

    /// <param name="authorityPath">Where the authority's certificate is kept; null for a public one.</param>
    /// <param name="socketFolder">Where pppd and sstpc meet.</param>
    public static void Options(StringBuilder peer, ProfileSubject subject, string? authorityPath, string socketFolder)
    {
        var refused = subject.IsPapOnly
            ? "refuse-eap refuse-chap refuse-mschap refuse-mschap-v2"
            : "refuse-eap refuse-pap refuse-chap refuse-mschap";
        if (authorityPath is not null)
            peer.Append($"# The authority's certificate ({ClientProfile.AuthorityFile}) belongs at {authorityPath}.\n");
        peer.Append($"noauth nodefaultroute usepeerdns mtu {subject.Mtu}{(subject.HasIpv6 ? " +ipv6" : "")}\n");
        peer.Append($"{refused}\n");
        peer.Append($"user {PppText.Quote(subject.User ?? "USER")}\npassword {PppText.Quote(subject.Password ?? "PASSWORD")}\n");
        peer.Append("plugin sstp-pppd-plugin.so\n");
        peer.Append($"sstp-sock {socketFolder}/sstpc-{subject.Name}\nipparam {subject.Name}\nlinkname {subject.Name}\n");
        var authority = authorityPath is null ? "" : $" --ca-cert {authorityPath}";
        var command = $"sstpc --nolaunchpppd --ipparam {subject.Name}{authority} --tls-ext --log-stderr {subject.Server}";
        peer.Append($"pty {PppText.Quote(command)}\n");
    }
}
