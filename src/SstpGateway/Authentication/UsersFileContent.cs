using System.Text;
using GatewayConfig;
using GatewayConfig.Channel;
using GatewayConfig.Users;
using GatewayConfig.Yaml;

namespace SstpGateway.Authentication;

/// <summary>What one look at the users file found. Compared by a digest, so that the text need not stay in memory.</summary>
internal sealed class UsersFileContent : IEquatable<UsersFileContent>
{
    private UsersFileContent(string digest, UsersConfig? users, IReadOnlyList<ConfigurationError> errors)
    {
        Digest = digest;
        Users = users;
        Errors = errors;
    }

    /// <summary><see cref="ContentDigest"/> of the file, or what the system said when it could not be read.</summary>
    public string Digest { get; }

    /// <summary>Null when there is any mistake.</summary>
    public UsersConfig? Users { get; }

    public IReadOnlyList<ConfigurationError> Errors { get; }

    /// <param name="known">Contents that need not be read as YAML a second time;
    /// one of them is returned when it is still there.</param>
    public static UsersFileContent Load(string path, params ReadOnlySpan<UsersFileContent?> known)
    {
        byte[] octets;
        try
        {
            octets = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new UsersFileContent(e.Message, null, [new ConfigurationError("", $"the file cannot be read: {e.Message}")]);
        }

        var digest = ContentDigest.Of(octets);
        foreach (var content in known)
        {
            if (content?.Digest == digest) return content;
        }

        UsersReader.TryRead(Decode(octets), out var users, out var errors);
        return new UsersFileContent(digest, users, errors);
    }

    public bool Equals(UsersFileContent? other) => Digest == other?.Digest;

    public override bool Equals(object? obj) => Equals(obj as UsersFileContent);

    public override int GetHashCode() => Digest.GetHashCode(StringComparison.Ordinal);

    // Skips a byte order mark, which YAML allows and some editors write.
    private static string Decode(byte[] octets)
    {
        using var reader = new StreamReader(new MemoryStream(octets), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
