using System.Text.Json;
using GatewayConfig;
using GatewayConfig.Channel;
using GatewayConfig.Tls;
using SstpTransport.Linux;

namespace SstpGateway.Configuration;

/// <summary>Keeps the last bundle on disk, so that a gateway that starts without its operator goes on from there.</summary>
/// <remarks>
/// <code>
/// STATE/pushed.json                 the bundle, replaced in one step
/// STATE/pushed/7/users.yaml         its parts as files, made from it
/// STATE/pushed/7/0.crt, 0.key, ...
/// </code>
/// All of it is readable by the gateway's own user only: there are keys in it.
/// </remarks>
public sealed class BundleStore(string stateFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string File => Path.Combine(stateFolder, "pushed.json");

    private string Parts => Path.Combine(stateFolder, "pushed");

    /// <returns>Null when nothing was ever pushed.</returns>
    /// <exception cref="IOException">It cannot be read, or its parts cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="JsonException">It is damaged.</exception>
    public ConfigurationBundle? Load()
    {
        if (!System.IO.File.Exists(File)) return null;

        var bundle = JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(File), ChannelJson.Default.ConfigurationBundle)
            ?? throw new JsonException("the file holds no bundle");
        WriteParts(bundle);
        return bundle;
    }

    /// <summary>Stores a bundle, or leaves the one before.</summary>
    /// <exception cref="IOException">The folder is missing, full or read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to somebody else.</exception>
    public void Save(ConfigurationBundle bundle)
    {
        Directory.CreateDirectory(stateFolder, OwnerOnly);
        WriteParts(bundle);
        var content = JsonSerializer.SerializeToUtf8Bytes(bundle, ChannelJson.Default.ConfigurationBundle);
        DurableFile.Replace(File, stream => stream.Write(content));
    }

    /// <summary>Takes away the parts of other bundles; nothing must read them any more.</summary>
    /// <exception cref="IOException">A folder cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder belongs to somebody else.</exception>
    public void KeepOnly(ConfigurationBundle bundle)
    {
        foreach (var folder in Directory.EnumerateDirectories(Parts))
        {
            if (folder != Folder(bundle)) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A bundle's configuration with the bundle's own files in place of those it names.</summary>
    /// <param name="mountedFolder">What relative paths in it mean.</param>
    public GatewayConfiguration WithParts(ConfigurationBundle bundle, GatewayConfiguration configuration, string mountedFolder)
    {
        var whole = configuration.RelativeTo(mountedFolder);
        return whole with
        {
            Authentication = bundle.Users is null
                ? whole.Authentication
                : whole.Authentication with { UsersFile = UsersFile(bundle) },
            Tls = bundle.Certificates is not { } certificates
                ? whole.Tls
                : whole.Tls with { Certificates = [.. certificates.Select((_, index) => Files(bundle, index))] },
        };
    }

    private string Folder(ConfigurationBundle bundle) => Path.Combine(Parts, FormattableString.Invariant($"{bundle.Revision}"));

    private string UsersFile(ConfigurationBundle bundle) => Path.Combine(Folder(bundle), "users.yaml");

    private CertificateConfig Files(ConfigurationBundle bundle, int index) => new()
    {
        CertificateFile = Path.Combine(Folder(bundle), FormattableString.Invariant($"{index}.crt")),
        KeyFile = Path.Combine(Folder(bundle), FormattableString.Invariant($"{index}.key")),
    };

    private void WriteParts(ConfigurationBundle bundle)
    {
        Directory.CreateDirectory(Folder(bundle), OwnerOnly);
        if (bundle.Users is { } users) Write(UsersFile(bundle), users);
        foreach (var (index, pair) in (bundle.Certificates ?? []).Index())
        {
            var files = Files(bundle, index);
            Write(files.KeyFile, pair.Key);
            Write(files.CertificateFile, pair.Chain);
        }
    }

    // At a start with a full disk they are there already.
    private static void Write(string path, string text)
    {
        if (System.IO.File.Exists(path) && System.IO.File.ReadAllText(path) == text) return;
        DurableFile.Replace(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(text);
        });
    }
}
