using CloudEdge.Tests.Configuration;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using YamlDotNet.RepresentationModel;

namespace CloudEdge.Tests.CloudInit;

public class CloudInitTests
{
    /// <summary>Where scripts/cloud-init-schema.sh unpacks Debian's package: installing it would
    /// put services on the developer's machine.</summary>
    private const string Checker = "scripts/cloud-init-schema.sh";

    [RequiresFact("dpkg-deb", "/usr/lib/python3/dist-packages/jsonschema/__init__.py")]
    public async Task What_each_machine_is_told_fits_the_schema_of_cloud_init()
    {
        using var folder = new TemporaryFolder("cloud-init");
        var files = new List<string>();
        foreach (var (name, text) in Documents(Largest()).Concat(Documents(LargestAtAws())))
        {
            var path = Path.Combine(folder.Path, $"{files.Count}-{name}.yaml");
            await System.IO.File.WriteAllTextAsync(path, text);
            files.Add(path);
        }
        Assert.Equal(10, files.Count);

        var result = await Command.TryRunAsync(TimeSpan.FromMinutes(5), Path.Combine(Repository.Root, Checker), [.. files]);

        result.Expect();
    }

    [Fact]
    public void The_script_arrives_as_it_is_in_the_source_which_shellcheck_reads()
    {
        var source = System.IO.File.ReadAllText(
            Path.Combine(Repository.Root, "src", "CloudEdge", "CloudInit", "Scripts", "join-cluster.sh"));

        Assert.All(Documents(Largest()), document => Assert.Equal(source, File(document.Text, "/usr/local/sbin/sstp-edge-join")));
    }

    [Fact]
    public void Only_the_first_server_starts_the_cluster_and_the_others_join_it()
    {
        var documents = Documents(Largest())
            .ToDictionary(document => document.Name, document => File(document.Text, "/etc/rancher/k3s/config.yaml"));

        Assert.Contains("cluster-init: true", documents["server-1"], StringComparison.Ordinal);
        Assert.DoesNotContain("server: https", documents["server-1"], StringComparison.Ordinal);
        foreach (var other in documents.Where(document => document.Key != "server-1"))
        {
            Assert.Contains("server: https://10.77.1.10:6443", other.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("cluster-init", other.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Port_443_is_left_to_the_gateways_which_only_the_gateways_carry()
    {
        var documents = Documents(Largest())
            .ToDictionary(document => document.Name, document => File(document.Text, "/etc/rancher/k3s/config.yaml"));

        Assert.All(
            documents.Where(d => d.Key.StartsWith("server", StringComparison.Ordinal)),
            d => Assert.Contains("- servicelb", d.Value, StringComparison.Ordinal));
        Assert.All(documents, d => Assert.Equal(
            d.Key.StartsWith("gateway", StringComparison.Ordinal),
            d.Value.Contains("vpn.sstp-operator.dev/gateway=true", StringComparison.Ordinal)));
    }

    [Fact]
    public void Secrets_are_in_files_that_only_root_reads()
    {
        foreach (var (_, text) in Documents(Largest()))
        {
            foreach (var file in Files(text))
            {
                var content = ((YamlScalarNode)file["content"]).Value!;
                if (content.Contains("secret-value", StringComparison.Ordinal))
                    Assert.Equal("0600", ((YamlScalarNode)file["permissions"]).Value);
            }
        }
    }

    private static Dictionary<string, string> Largest() => new(Stacks.Least())
    {
        ["servers"] = "3",
        ["gateways"] = "2",
        ["dnsZone"] = "example.org",
        ["bootstrap"] = "argoCd",
        ["floatingAddress"] = "true",
    };

    private static Dictionary<string, string> LargestAtAws() => new(Stacks.Least())
    {
        ["cloud"] = "aws", ["aws:region"] = "eu-central-1", ["servers"] = "3", ["gateways"] = "2", ["dnsZone"] = "example.org",
    };

    // User data as a machine gets it: values filled in, "$$" read as "$".
    private static IEnumerable<(string Name, string Text)> Documents(Dictionary<string, string> keys)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Stacks.Program(keys)));
        foreach (var (key, node) in (YamlMappingNode)stream.Documents[0].RootNode["resources"])
        {
            if (!((YamlMappingNode)node).Children.TryGetValue("properties", out var properties)) continue;
            if (!((YamlMappingNode)properties).Children.TryGetValue("userData", out var userData)) continue;

            var text = ((YamlScalarNode)userData).Value!
                .Replace("${clusterToken.result}", "secret-value", StringComparison.Ordinal)
                .Replace("${dnsToken.value}", "secret-value", StringComparison.Ordinal);
            yield return (key.ToString(), System.Text.RegularExpressions.Regex.Replace(text, @"(?<!\$)\$\{[^}]*\}", "192.0.2.1")
                .Replace("$$", "$", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<YamlMappingNode> Files(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return ((YamlSequenceNode)stream.Documents[0].RootNode["write_files"]).Cast<YamlMappingNode>();
    }

    private static string File(string text, string path) =>
        ((YamlScalarNode)Files(text).Single(file => file["path"].ToString() == path)["content"]).Value!;
}
