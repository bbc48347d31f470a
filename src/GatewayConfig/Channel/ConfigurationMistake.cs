namespace GatewayConfig.Channel;

/// <summary>One mistake of a bundle or of a mounted file. Holds no secret.</summary>
/// <param name="File">"gateway.yaml", "users.yaml", "certificates[0]" and so on, or the path of a mounted file.</param>
/// <param name="Path">The field as the file spells it; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what to give instead.</param>
/// <param name="Line">Counted from 1; null when the field is not in the file.</param>
public sealed record ConfigurationMistake(string File, string Path, string Message, int? Line = null)
{
    public static ConfigurationMistake Of(string file, ConfigurationError error) =>
        new(file, error.Path, error.Message, error.Line);

    public override string ToString() => $"{File}: {new ConfigurationError(Path, Message, Line)}";
}
