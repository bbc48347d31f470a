using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Network;

public sealed class NetworkConfigValidator : AbstractValidator<NetworkConfig>
{
    // IFNAMSIZ of <linux/if.h> is 16 with the terminating zero.
    private const int MaxDeviceLength = 15;

    public NetworkConfigValidator()
    {
        RuleFor(n => n.Device).Passes(DeviceProblem);
        // IPv6 asks for 1280 (RFC 8200 section 5); an SSTP packet holds 4095 bytes, of which 4 are its header and 4 PPP's.
        RuleFor(n => n.Mtu).Within(1280, 4087);
        RuleFor(n => n.Queues).Within(0, 64);
        RuleFor(n => n.Routes).Holds(0, 256).HoldsEachOnce();
        RuleForEach(n => n.Routes).Passes(AddressRange.Problem);
        RuleFor(n => n.AccessRules).Holds(0, 1024);
        RuleForEach(n => n.AccessRules).SetValidator(new AccessRuleConfigValidator());
    }

    private static string? DeviceProblem(string name)
    {
        if (name.Length is 0 or > MaxDeviceLength) return $"is '{name}'; give 1 to {MaxDeviceLength} characters";
        return name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : $"is '{name}'; give letters, digits, '-', '_' and '.' only";
    }
}
