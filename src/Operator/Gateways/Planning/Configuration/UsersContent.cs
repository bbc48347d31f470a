using System.Text;
using GatewayConfig.Yaml;
using KubeApi.Objects;

namespace Operator.Gateways.Planning.Configuration;

/// <summary>What the users Secret holds.</summary>
/// <param name="Text">The users file; null without a good one.</param>
/// <param name="Reason">Why there is none, in one word; null when there is one or none is wanted.</param>
/// <param name="Problem">The same for a person, without a secret in it.</param>
internal sealed record UsersContent(string? Text, string? Reason, string? Problem)
{
    // Enough to begin with; the rest shows when these are mended.
    private const int MaxProblems = 5;

    public static UsersContent Of(string? name, KubeObject<Secret>? secret)
    {
        if (name is null) return new UsersContent(null, null, null);
        if (secret is null)
            return new UsersContent(
                null, "UsersSecretNotFound", $"Secret {name} does not exist; make it with the key {GatewayNames.UsersKey}");
        if (secret.Value.Find(GatewayNames.UsersKey) is not { } bytes)
            return new UsersContent(null, "UsersSecretMalformed", $"Secret {name} has no key {GatewayNames.UsersKey}");

        var text = Encoding.UTF8.GetString(bytes);
        if (UsersReader.TryRead(text, out _, out var errors)) return new UsersContent(text, null, null);

        var shown = errors.Take(MaxProblems).Select(error => error.ToString());
        var more = errors.Count > MaxProblems ? $"; and {errors.Count - MaxProblems} more" : "";
        return new UsersContent(
            null, "UsersSecretMalformed", $"{GatewayNames.UsersKey} in Secret {name}: {string.Join("; ", shown)}{more}");
    }
}
