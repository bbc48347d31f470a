using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Decoy;

public sealed class DecoyConfigValidator : AbstractValidator<DecoyConfig>
{
    private const int MaxServerHeaderLength = 64;

    public DecoyConfigValidator()
    {
        RuleFor(d => d.Kind).IsInEnum();
        RuleFor(d => d.ServerHeader).Passes(ServerHeaderProblem);
        RuleFor(d => d.Root!).Passes(FilePath.Problem).When(d => d.Root is not null);
        RuleFor(d => d.Root).NotNull().WithMessage("is missing; kind static needs the folder to serve")
            .When(d => d.Kind == DecoyKind.Static);
        RuleFor(d => d.Backend!).Passes(BackendProblem).When(d => d.Backend is not null);
        RuleFor(d => d.Backend).NotNull().WithMessage("is missing; kind proxy needs the web server to ask")
            .When(d => d.Kind == DecoyKind.Proxy);
    }

    private static string? ServerHeaderProblem(string text)
    {
        if (text.Length > MaxServerHeaderLength) return $"has {text.Length} characters; give at most {MaxServerHeaderLength}";
        return text.All(c => c is >= ' ' and <= '~') && text.Trim().Length == text.Length
            ? null
            : "may hold printable ASCII characters only, without a space at either end";
    }

    private static string? BackendProblem(string text)
    {
        var isPlainOrigin = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri is { Host.Length: > 0, PathAndQuery: "/", Fragment: "", UserInfo: "" };
        return isPlainOrigin
            ? null
            : $"is '{text}'; give http:// or https://, a host and perhaps a port, such as http://127.0.0.1:8080";
    }
}
