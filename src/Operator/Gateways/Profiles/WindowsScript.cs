using System.Text;
using Operator.Gateways.Profiles.Texts;

namespace Operator.Gateways.Profiles;

/// <summary>PowerShell for the client that Windows brings. Not tried on Windows: Microsoft's documentation
/// of the VpnClient and DnsClient modules.</summary>
internal static class WindowsScript
{
    public static ProfileFile Write(ProfileSubject subject)
    {
        var name = PowerShellText.Quote(subject.Name);
        var login = subject.IsPapOnly
            ? "-AuthenticationMethod Pap -EncryptionLevel Optional"
            : "-AuthenticationMethod MSChapv2 -EncryptionLevel Required";
        var script = new StringBuilder();
        script.Append("# Client: the one built into Windows 10 and later. Run in PowerShell.\n");
        Authority(script, subject);
        script.Append(
            $"Add-VpnConnection -Name {name} -ServerAddress {PowerShellText.Quote(subject.Server)} -TunnelType Sstp {login} "
            + "-RememberCredential -Force\n");
        if (!subject.DefaultRoute) script.Append($"Set-VpnConnection -Name {name} -SplitTunneling $true\n");
        foreach (var route in subject.ClientRoutes)
            script.Append($"Add-VpnConnectionRoute -ConnectionName {name} -DestinationPrefix {PowerShellText.Quote(route)}\n");
        foreach (var domain in subject.SearchDomains.Take(1))
            script.Append($"Set-VpnConnection -Name {name} -DnsSuffix {PowerShellText.Quote(domain)}\n");
        SplitDns(script, subject);
        script.Append($"# Call: rasdial {name} {PowerShellText.Quote(subject.User ?? "USER")} *\n");
        return new ProfileFile("windows.ps1", script.ToString());
    }

    /// <summary>The machine's store, for SSTP runs as a service: it does not look into the user's.</summary>
    private static void Authority(StringBuilder script, ProfileSubject subject)
    {
        if (subject.AuthorityPem is null) return;
        script.Append("# As administrator: the authority of the gateway's certificate.\n");
        script.Append($"$authority = Join-Path $env:TEMP {PowerShellText.Quote($"{subject.Name}-ca.crt")}\n");
        script.Append(
            "Set-Content -Path $authority -Encoding Ascii -Value "
            + $"{PowerShellText.Quote(subject.AuthorityPem.Trim().ReplaceLineEndings("\n"))}\n");
        script.Append("Import-Certificate -FilePath $authority -CertStoreLocation 'Cert:\\LocalMachine\\Root'\n");
    }

    /// <summary>With a default route the tunnel's servers are asked for everything anyway.</summary>
    private static void SplitDns(StringBuilder script, ProfileSubject subject)
    {
        if (subject.DefaultRoute || subject.InsideZones.Count == 0 || subject.DnsServers.Count == 0) return;
        var servers = string.Join(",", subject.DnsServers.Select(PowerShellText.Quote));
        script.Append(
            "# As administrator: names inside are asked of the servers inside. Take back: "
            + "Get-DnsClientNrptRule | Where-Object Comment -eq ")
            .Append(PowerShellText.Quote(subject.Name)).Append(" | Remove-DnsClientNrptRule -Force\n");
        // With a dot in front a rule is for the names below; without it for the name itself.
        foreach (var zone in subject.InsideZones)
        {
            script.Append(
                $"Add-DnsClientNrptRule -Namespace {PowerShellText.Quote("." + zone)},{PowerShellText.Quote(zone)} -NameServers "
                + $"{servers} -Comment {PowerShellText.Quote(subject.Name)}\n");
        }
    }
}
