using System.Text;
using Operator.Gateways.Profiles.Texts;

namespace Operator.Gateways.Profiles;

/// <summary>Commands for MikroTik's RouterOS. Not tried: MikroTik's documentation.</summary>
internal static class RouterOsScript
{
    public static ProfileFile Write(ProfileSubject subject)
    {
        var name = RouterOsText.Quote(subject.Name);
        var script = new StringBuilder();
        script.Append("# Client: the one built into RouterOS, 7.15 and later\n");
        if (subject.AuthorityPem is not null)
        {
            script.Append($"# Put {ClientProfile.AuthorityFile} into Files first.\n");
            script.Append($"/certificate import file-name={ClientProfile.AuthorityFile} passphrase=\"\"\n");
        }
        script.Append($"/interface sstp-client add name={name} connect-to={RouterOsText.Quote(subject.Server)} \\\n");
        script.Append(
            $"    user={RouterOsText.Quote(subject.User ?? "USER")} "
            + $"password={RouterOsText.Quote(subject.Password ?? "PASSWORD")} \\\n");
        script.Append(
            $"    authentication={(subject.IsPapOnly ? "pap" : "mschap2")} verify-server-certificate=yes "
            + "tls-version=only-1.2 add-sni=yes \\\n");
        script.Append("    profile=default disabled=no\n");
        foreach (var route in subject.ClientRoutes.Where(route => !route.Contains(':', StringComparison.Ordinal)))
            script.Append($"/ip route add dst-address={route} gateway={name}\n");
        foreach (var zone in subject.DefaultRoute || subject.DnsServers.Count == 0 ? [] : subject.InsideZones)
            script.Append(
                $"/ip dns static add name={RouterOsText.Quote(zone)} type=FWD match-subdomain=yes "
                + $"forward-to={subject.DnsServers[0]}\n");
        return new ProfileFile("routeros.rsc", script.ToString(), subject.Password is not null);
    }
}
