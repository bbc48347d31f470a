namespace SstpGateway.Forwarding;

/// <summary>Whether the kernel forwards packets between devices, without which clients reach only the gateway.</summary>
/// <remarks>
/// Writing the switches takes CAP_NET_ADMIN in the network namespace and a /proc/sys that is not mounted read-only.
/// What was turned on stays on: other programs of the host may have come to rely on it.
/// </remarks>
/// <param name="root">The folder "/proc/sys/net", or another one in tests.</param>
public sealed class IpForwarding(string root = IpForwarding.KernelRoot)
{
    public const string KernelRoot = "/proc/sys/net";

    /// <summary>Turns forwarding on where it is off, or only looks.</summary>
    /// <param name="device">The tunnel device, which takes no part in router discovery.</param>
    public IpForwardingReport Ensure(bool enable, bool withIpv6, string device)
    {
        var changed = new List<string>();
        var problems = new List<string>();
        Ensure("ipv4/ip_forward", enable, changed, problems);
        if (withIpv6 && IsOff("ipv6/conf/all/forwarding"))
        {
            if (enable) KeepRouterDiscovery(device, changed, problems);
            Ensure("ipv6/conf/all/forwarding", enable, changed, problems);
        }

        return new IpForwardingReport(changed, problems);
    }

    private void Ensure(string name, bool enable, List<string> changed, List<string> problems)
    {
        if (!IsOff(name)) return;

        var setting = SettingName(name);
        if (!enable)
            problems.Add(
                $"{setting} is off and network.enableForwarding is false: clients reach only this host. Set {setting}=1.");
        else if (TryWrite(name, "1", problems)) changed.Add($"{setting}=1");
    }

    // A host that forwards ignores router advertisements unless accept_ra is 2, and would lose its own default route
    // within the half hour (Linux, networking/ip-sysctl).
    private void KeepRouterDiscovery(string device, List<string> changed, List<string> problems)
    {
        var folder = Path.Combine(root, "ipv6/conf");
        if (!Directory.Exists(folder)) return; // no IPv6 in this kernel, as turning forwarding on will say
        foreach (var name in Directory.EnumerateDirectories(folder)
            .Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
        {
            // Nor "default": the tunnel device of the next start would inherit it and believe its clients.
            if (name is "all" or "default" or "lo" || name == device) continue;

            var setting = $"ipv6/conf/{name}/accept_ra";
            if (Read(setting) == "1" && TryWrite(setting, "2", problems)) changed.Add($"{SettingName(setting)}=2");
        }
    }

    private bool IsOff(string name) => Read(name) != "1";

    private string? Read(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, name)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A kernel without IPv6 has no such file; writing it will then say so.
            return null;
        }
    }

    private bool TryWrite(string name, string value, List<string> problems)
    {
        try
        {
            // Opened, not created: a missing file is a missing feature.
            using var file = new FileStream(Path.Combine(root, name), FileMode.Open, FileAccess.Write);
            file.Write(System.Text.Encoding.ASCII.GetBytes(value));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var setting = SettingName(name);
            problems.Add(
                $"{setting} could not be set to {value} ({error.Message}). Run 'sysctl -w {setting}={value}' on the host (on "
                + "the node, in Kubernetes), "
                + "or give the process CAP_NET_ADMIN and a writable /proc/sys.");
            return false;
        }
    }

    // As sysctl spells it.
    private static string SettingName(string name) => "net." + name.Replace('/', '.');
}
