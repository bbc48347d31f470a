using System.Net;
using System.Text;
using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Admin;

public sealed class AdminConfigValidator : AbstractValidator<AdminConfig>
{
    // sun_path of <sys/un.h> has 108 bytes, one of them the terminating zero.
    private const int MaxSocketPathLength = 107;

    public AdminConfigValidator()
    {
        RuleFor(a => a.Listen!).Passes(ListenProblem).When(a => a.Listen is not null);
        RuleFor(a => a.Tls!).SetValidator(new AdminTlsConfigValidator()).When(a => a.Tls is not null);
    }

    private static string? ListenProblem(string text)
    {
        if (text.StartsWith(AdminConfig.UnixPrefix, StringComparison.Ordinal))
        {
            var path = text[AdminConfig.UnixPrefix.Length..];
            return Encoding.UTF8.GetByteCount(path) <= MaxSocketPathLength
                ? FilePath.AbsoluteProblem(path)
                : $"is longer than the {MaxSocketPathLength} bytes that a socket's path may have";
        }
        if (!AddressPort.TryParse(text, out var endpoint))
            return $"is '{text}'; give 127.0.0.1:9480 or unix:/run/sstp-gateway/admin.sock";
        return IPAddress.IsLoopback(endpoint.Address)
            ? null
            : $"is '{text}', which other hosts can reach without a certificate; "
                + "give a loopback address here and use admin.tls for the others";
    }
}
