using System.Globalization;
using System.Text.Json;

namespace CloudEdge.Configuration;

/// <summary>Reads what Pulumi hands over in PULUMI_CONFIG: a JSON object of "namespace:key" to text.</summary>
/// <remarks>Keys of other namespaces belong to providers; of those only <c>aws:region</c> is looked at.
/// No secret is read into memory but by name.</remarks>
public static class ConfigurationReader
{
    private const string SecretToken = "k3sToken";

    private static readonly Dictionary<string, Func<EdgeConfiguration, string, EdgeConfiguration?>> Keys = new(
        StringComparer.Ordinal)
    {
        ["cloud"] = (c, text) => Name<CloudName>(text) is { } cloud ? c with { Cloud = cloud } : null,
        ["hostname"] = (c, text) => c with { Hostname = text },
        ["dnsZone"] = (c, text) => c with { DnsZone = text },
        ["location"] = (c, text) => c with { Location = text },
        ["serverType"] = (c, text) => c with { ServerType = text },
        ["image"] = (c, text) => c with { Image = text },
        ["servers"] = (c, text) => Number(text) is { } servers ? c with { Servers = servers } : null,
        ["gateways"] = (c, text) => Number(text) is { } gateways ? c with { Gateways = gateways } : null,
        ["sshPublicKey"] = (c, text) => c with { SshPublicKey = text },
        ["adminRanges"] = (c, text) => List(text) is { } ranges ? c with { AdminRanges = ranges } : null,
        ["vpnRanges"] = (c, text) => List(text) is { } ranges ? c with { VpnRanges = ranges } : null,
        ["http"] = (c, text) => Flag(text) is { } http ? c with { Http = http } : null,
        ["networkRange"] = (c, text) => c with { NetworkRange = text },
        ["floatingAddress"] = (c, text) => Flag(text) is { } floating ? c with { FloatingAddress = floating } : null,
        ["balancer"] = (c, text) => Name<BalancerMode>(text) is { } balancer ? c with { Balancer = balancer } : null,
        ["reverseDns"] = (c, text) => Flag(text) is { } reverse ? c with { ReverseDns = reverse } : null,
        ["k3sVersion"] = (c, text) => c with { K3sVersion = text },
        ["bootstrap"] = (c, text) => Name<Bootstrap>(text) is { } bootstrap ? c with { Bootstrap = bootstrap } : null,
        ["repository"] = (c, text) => c with { Repository = text },
        ["revision"] = (c, text) => c with { Revision = text },
        [SecretToken] = (c, _) => c with { HasK3sToken = true },
    };

    /// <summary>Every key that means something here.</summary>
    public static IReadOnlyCollection<string> KnownKeys => Keys.Keys;

    /// <summary>Reads and checks everything.</summary>
    /// <param name="json">The value of PULUMI_CONFIG.</param>
    /// <param name="project">The namespace of this program's own keys: the project's name.</param>
    /// <param name="problems">Every mistake: those of form, and those of content in keys whose form is right.</param>
    public static bool TryRead(
        string json, string project, out EdgeConfiguration configuration, out IReadOnlyList<ConfigurationProblem> problems)
    {
        var found = new List<ConfigurationProblem>();
        configuration = Read(json, project, found);
        var content = new EdgeConfigurationValidator().Problems(configuration)
            .Where(problem => found.All(known => known.Key != problem.Key));
        problems = [.. found, .. content];
        return problems.Count == 0;
    }

    private static EdgeConfiguration Read(string json, string project, List<ConfigurationProblem> problems)
    {
        var configuration = new EdgeConfiguration();
        foreach (var (name, text) in Entries(json, problems))
        {
            if (name == "aws:region") configuration = configuration with { AwsRegion = text };
            if (!name.StartsWith(project + ":", StringComparison.Ordinal)) continue;

            var key = name[(project.Length + 1)..];
            if (!Keys.TryGetValue(key, out var apply))
            {
                problems.Add(new(
                    key, $"is not a key of this program; it knows {string.Join(", ", Keys.Keys.Order(StringComparer.Ordinal))}"));
            }
            else if (apply(configuration, text.Trim()) is { } changed)
            {
                configuration = changed;
            }
            else
            {
                problems.Add(new(key, $"\"{text}\" is not {Expected(key)}"));
            }
        }
        return configuration;
    }

    private static SortedDictionary<string, string> Entries(string json, List<ConfigurationProblem> problems)
    {
        try
        {
            return JsonSerializer.Deserialize<SortedDictionary<string, string>>(json) ?? [];
        }
        catch (JsonException e)
        {
            problems.Add(
                new("PULUMI_CONFIG", $"is not a JSON object of texts ({e.Message}); run this program through \"pulumi up\""));
            return [];
        }
    }

    private static string Expected(string key) => key switch
    {
        "cloud" => "hetzner or aws",
        "balancer" => "none, tcp or proxyProtocol",
        "bootstrap" => "none, manifests or argoCd",
        "servers" or "gateways" => "a whole number",
        "http" or "floatingAddress" or "reverseDns" => "true or false",
        _ => "a list: give a JSON array such as [\"192.0.2.0/24\"], or texts with commas between",
    };

    private static T? Name<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && !int.TryParse(text, out _) ? value : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static bool? Flag(string text) => bool.TryParse(text, out var value) ? value : null;

    private static string[]? List(string text)
    {
        if (!text.StartsWith('[')) return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return JsonSerializer.Deserialize<string[]>(text);
        }
        catch (JsonException)
        {
            return null;    // Said by the caller, with the key's name.
        }
    }
}
