using System.Security.Cryptography;
using System.Text;
using Operator.Gateways.Profiles.Texts;

namespace Operator.Gateways.Profiles;

/// <summary>A connection of NetworkManager with its plug-in for SSTP, in the form of nm-settings-keyfile(5).</summary>
internal static class NetworkManagerKeyfile
{
    private const string AuthorityPath = "/etc/NetworkManager/certs";

    public static ProfileFile Write(ProfileSubject subject)
    {
        var file = new StringBuilder();
        file.Append(
            "# Client: NetworkManager with network-manager-sstp. "
            + $"Keep as /etc/NetworkManager/system-connections/{subject.Name}.nmconnection, mode 0600,\n");
        file.Append($"# then: nmcli connection reload && nmcli --ask connection up {subject.Name}\n");
        if (subject.AuthorityPem is not null)
            file.Append($"# The authority's certificate ({ClientProfile.AuthorityFile}) belongs at {Authority(subject)}.\n");
        Section(
            file, "connection",
            [("id", subject.Name), ("uuid", Uuid(subject).ToString()), ("type", "vpn"), ("autoconnect", "false")]);

        List<(string, string)> vpn =
        [
            ("service-type", "org.freedesktop.NetworkManager.sstp"), ("connection-type", "password"),
            ("gateway", subject.Server), ("tls-ext", "yes"),
            ("user", subject.User ?? "USER"), ("password-flags", subject.Password is null ? "2" : "0"),
            .. Refused(subject).Select(method => (method, "yes")),
        ];
        if (subject.AuthorityPem is not null) vpn.Add(("tls-ca-cert", Authority(subject)));
        Section(file, "vpn", vpn);
        if (subject.Password is { } password) Section(file, "vpn-secrets", [("password", password)]);

        Section(file, "ipv4", Addressing(subject, isIpv6: false));
        Section(file, "ipv6", subject.HasIpv6 ? Addressing(subject, isIpv6: true) : [("method", "disabled")]);
        return new ProfileFile("networkmanager.nmconnection", file.ToString(), subject.Password is not null);
    }

    private static string[] Refused(ProfileSubject subject) => subject.IsPapOnly
        ? ["refuse-eap", "refuse-chap", "refuse-mschap", "refuse-mschapv2"]
        : ["refuse-eap", "refuse-pap", "refuse-chap", "refuse-mschap"];

    private static List<(string, string)> Addressing(ProfileSubject subject, bool isIpv6)
    {
        List<(string, string)> fields = [("method", "auto")];
        if (!subject.DefaultRoute) fields.Add(("never-default", "true"));
        var routes = subject.ClientRoutes.Where(route => route.Contains(':', StringComparison.Ordinal) == isIpv6);
        fields.AddRange(routes.Select((route, number) => ($"route{number + 1}", route)));
        // A "~" in front of a domain makes it one to ask here, and not one to complete names by.
        var domains = subject.SearchDomains.Concat(subject.DefaultRoute
            ? []
            : subject.InsideZones.Except(subject.SearchDomains, StringComparer.OrdinalIgnoreCase).Select(zone => "~" + zone))
            .ToList();
        if (domains.Count > 0) fields.Add(("dns-search", string.Concat(domains.Select(domain => domain + ";"))));
        return fields;
    }

    private static string Authority(ProfileSubject subject) => $"{AuthorityPath}/{subject.Name}.pem";

    private static void Section(StringBuilder file, string name, IEnumerable<(string Key, string Value)> fields)
    {
        file.Append($"\n[{name}]\n");
        foreach (var (key, value) in fields) file.Append($"{key}={KeyfileText.Escape(value)}\n");
    }

    /// <summary>The same for the same gateway, so that a new file replaces the old connection.</summary>
    private static Guid Uuid(ProfileSubject subject)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{subject.Server}/{subject.Name}"))[..16];
        // RFC 9562 5.8: version 8, made by a rule of one's own.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
