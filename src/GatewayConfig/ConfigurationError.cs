namespace GatewayConfig;

/// <summary>One mistake in a configuration, in words that say what to do about it.</summary>
/// <param name="Path">The field as it is written in the file, e.g. <c>dns.zones[0].servers[1]</c>;
/// empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what to give instead.</param>
/// <param name="Line">Line of the file, counted from 1; null when the field is not in it.</param>
public sealed record ConfigurationError(string Path, string Message, int? Line = null)
{
    public override string ToString()
    {
        var place = (Line, Path) switch
        {
            (null, "") => "",
            (null, _) => $"{Path}: ",
            (_, "") => $"line {Line}: ",
            _ => $"line {Line}, {Path}: ",
        };
        return place + Message;
    }
}
