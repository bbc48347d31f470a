using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;

namespace Operator.Tests.Deploy;

/// <summary>Images built from scratch. Any program does for a test of what is around it.</summary>
public class ImageTests
{
    [RequiresFact("buildah", "setcap")]
    public async Task Gateway_image_holds_one_program_that_carries_its_capabilities_and_runs_as_nobody()
    {
        using var folder = new TemporaryFolder("image");
        var publish = Directory.CreateDirectory(Path.Combine(folder.Path, "publish")).FullName;
        File.Copy("/bin/true", Path.Combine(publish, "sstp-gateway"));
        File.WriteAllText(Path.Combine(publish, "sstp-gateway.pdb"), "");

        await Command.RunAsync(
            Path.Combine(Repository.Root, "deploy", "images", "build.sh"),
            publish,
            "sstp-gateway",
            Path.Combine(folder.Path, "image.tar"));

        var blobs = Blobs(Path.Combine(folder.Path, "image.tar"));
        var manifest = JsonNode.Parse(blobs[Digest(JsonNode.Parse(blobs["index.json"])!["manifests"]![0]!)])!;
        var config = JsonNode.Parse(blobs[Digest(manifest["config"]!)])!["config"]!;
        Assert.Equal("65532:65532", (string?)config["User"]);
        Assert.Equal("/opt/sstp-gateway/sstp-gateway", (string?)config["Entrypoint"]![0]);

        var layer = Entries(blobs[Digest(Assert.Single((JsonArray)manifest["layers"]!)!)]);
        Assert.Equal(["opt/sstp-gateway/sstp-gateway"], layer
            .Where(entry =>
                entry.EntryType == TarEntryType.RegularFile && entry.Name.StartsWith("opt/", StringComparison.Ordinal))
            .Select(entry => entry.Name));
        Assert.Contains("SCHILY.xattr.security.capability", Assert.IsType<PaxTarEntry>(
            layer.Single(entry => entry.Name == "opt/sstp-gateway/sstp-gateway")).ExtendedAttributes.Keys);
        Assert.Contains(layer, entry => entry.Name.Contains("libnftables.so.1", StringComparison.Ordinal));
        Assert.DoesNotContain(layer, entry => entry.Name is "bin/sh" or "usr/bin/sh");
    }

    private static string Digest(JsonNode descriptor) => $"blobs/sha256/{((string)descriptor["digest"]!).Split(':')[1]}";

    private static Dictionary<string, byte[]> Blobs(string archive)
    {
        using var stream = File.OpenRead(archive);
        using var tar = new TarReader(stream);
        var blobs = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null) continue;
            using var content = new MemoryStream();
            entry.DataStream.CopyTo(content);
            blobs[entry.Name] = content.ToArray();
        }
        return blobs;
    }

    private static List<TarEntry> Entries(byte[] layer)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(layer), CompressionMode.Decompress));
        var entries = new List<TarEntry>();
        while (tar.GetNextEntry(copyData: false) is { } entry) entries.Add(entry);
        return entries;
    }
}
