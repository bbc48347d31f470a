using System.Text;
using GatewayConfig.Users;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubectlSstp.Users;

/// <summary>Writes a users file, as the gateway reads it.</summary>
internal static class UsersYaml
{
    public static byte[] Write(UsersConfig users)
    {
        var root = new YamlMappingNode { { "users", new YamlSequenceNode(users.Users.Select(Node)) } };
        using var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        var text = writer.ToString();
        return Encoding.UTF8.GetBytes(text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text);
    }

    private static YamlMappingNode Node(UserConfig user)
    {
        var node = new YamlMappingNode { { "name", Quoted(user.Name) } };
        Add(node, "ntHash", user.NtHash);
        Add(node, "password", user.Password);
        Add(node, "verifier", user.Verifier);
        Add(node, "totpSecret", user.TotpSecret);
        if (user.Groups.Count > 0) node.Add("groups", new YamlSequenceNode(user.Groups.Select(Quoted)));
        Add(node, "address4", user.Address4);
        Add(node, "address6", user.Address6);
        if (user.Disabled) node.Add("disabled", "true");
        Add(node, "expires", user.Expires);
        return node;
    }

    private static void Add(YamlMappingNode node, string key, string? value)
    {
        if (value is not null) node.Add(key, Quoted(value));
    }

    // Quoted, so that a name or a hash of digits stays a text.
    private static YamlScalarNode Quoted(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };
}
