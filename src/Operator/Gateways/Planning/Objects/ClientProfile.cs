using System.Text;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>How clients of each kind are set up for one gateway; docs/clients says more about each.</summary>
internal sealed class ClientProfile(string name, string hostname, VpnGatewaySpec spec)
{
    // Names of objects hold nothing that any of these languages would have to have quoted.
    private string Server => spec.Listening.Port == 443 ? hostname : $"{hostname}:{spec.Listening.Port}";

    private bool IsPapOnly => spec.Authentication.Methods is [AuthenticationMethod.Pap];

    private IEnumerable<string> Routes => spec.Network.DefaultRoute ? [] : spec.Network.Routes;

    public string Windows()
    {
        var login = IsPapOnly ? "-AuthenticationMethod Pap -EncryptionLevel Optional" : "-AuthenticationMethod MSChapv2 -EncryptionLevel Required";
        var script = new StringBuilder();
        script.Append($"# Windows 10 and later. Run in PowerShell, then: rasdial {name} USER *\n");
        script.Append($"Add-VpnConnection -Name {name} -ServerAddress {Server} -TunnelType Sstp {login} -RememberCredential -Force\n");
        if (spec.Network.DefaultRoute) return script.ToString();

        script.Append($"Set-VpnConnection -Name {name} -SplitTunneling $true\n");
        foreach (var route in Routes) script.Append($"Add-VpnConnectionRoute -ConnectionName {name} -DestinationPrefix {route}\n");
        foreach (var domain in spec.Dns.SearchDomains.Take(1)) script.Append($"Set-VpnConnection -Name {name} -DnsSuffix {domain}\n");
        return script.ToString();
    }

    public string Linux()
    {
        var refused = IsPapOnly ? "refuse-eap refuse-chap refuse-mschap refuse-mschap-v2" : "refuse-eap refuse-pap refuse-chap refuse-mschap";
        var peer = new StringBuilder();
        peer.Append($"# /etc/ppp/peers/{name}, mode 0600. Needs sstp-client and ppp; then: pppd call {name} nodetach\n");
        peer.Append($"noauth nodefaultroute usepeerdns mtu {spec.Network.Mtu}{(spec.Addressing.Pools6.Count > 0 ? " +ipv6" : "")}\n");
        peer.Append($"{refused}\n");
        peer.Append("user \"USER\"\npassword \"PASSWORD\"\n");
        peer.Append("plugin sstp-pppd-plugin.so\n");
        peer.Append($"sstp-sock /run/sstpc/sstpc-{name}\nipparam {name}\nlinkname {name}\n");
        peer.Append($"pty \"sstpc --nolaunchpppd --ipparam {name} --tls-ext --log-stderr {Server}\"\n");
        foreach (var route in Routes) peer.Append($"# ip route add {route} dev ppp0\n");
        return peer.ToString();
    }

    public string Android()
    {
        var text = new StringBuilder();
        text.Append("Open SSTP Client\n\n");
        text.Append($"Host: {hostname}\n");
        if (spec.Listening.Port != 443) text.Append($"Port: {spec.Listening.Port}\n");
        text.Append($"PPP authentication: {(IsPapOnly ? "PAP" : "MS-CHAPv2")}\n");
        text.Append($"IPv6: {(spec.Addressing.Pools6.Count > 0 ? "on" : "off")}\n");
        return text.ToString();
    }

    public string RouterOs()
    {
        var script = new StringBuilder();
        script.Append("# RouterOS 7.15 and later\n");
        script.Append($"/interface sstp-client add name={name} connect-to={Server} user=USER password=PASSWORD \\\n");
        script.Append($"    authentication={(IsPapOnly ? "pap" : "mschap2")} verify-server-certificate=yes tls-version=only-1.2 add-sni=yes \\\n");
        script.Append("    profile=default disabled=no\n");
        foreach (var route in Routes.Where(route => !route.Contains(':', StringComparison.Ordinal))) script.Append($"/ip route add dst-address={route} gateway={name}\n");
        return script.ToString();
    }
}
