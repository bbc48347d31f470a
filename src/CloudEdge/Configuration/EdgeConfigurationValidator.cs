using System.Net;
using System.Text.RegularExpressions;
using FluentValidation;

namespace CloudEdge.Configuration;

/// <summary>What must hold before anything is ordered. Every mistake is told at once.</summary>
public sealed partial class EdgeConfigurationValidator : AbstractValidator<EdgeConfiguration>
{
    public EdgeConfigurationValidator()
    {
        RuleFor(c => c.Hostname).Must(IsHostName)
            .WithMessage("give the DNS name that clients will dial, such as vpn.example.org (pulumi config set hostname ...)");
        RuleFor(c => c.DnsZone).Must((c, zone) => zone is null || IsHostName(zone) && IsInside(c.Hostname, zone))
            .WithMessage(c => $"\"{c.DnsZone}\" must be a zone that \"{c.Hostname}\" is in, such as example.org");
        RuleFor(c => c.Location).Matches("^[a-z]{3}[0-9]{0,2}$").When(c => c.Cloud == CloudName.Hetzner)
            .WithMessage(c => $"\"{c.Location}\" is not a location of Hetzner; give fsn1, nbg1, hel1, ash, hil or sin");
        RuleFor(c => c.ServerType).Must(type => type is null || MachineName().IsMatch(type))
            .WithMessage(c => $"\"{c.ServerType}\" is not a type of machine, such as cx23 or t3.small");
        RuleFor(c => c.Image)
            .Must(image => image is null || image.Length is > 0 and <= 200 && !image.Contains(' ', StringComparison.Ordinal))
            .WithMessage("give the image's name, such as debian-12, or for AWS an SSM parameter with the AMI's id");
        RuleFor(c => c.Servers).Must(n => n is 1 or 3 or 5)
            .WithMessage(c => $"is {c.Servers}; give 1, 3 or 5, for the cluster's store needs a majority");
        RuleFor(c => c.Gateways).InclusiveBetween(0, 20).WithMessage(c => $"is {c.Gateways}; give 0 to 20");
        RuleFor(c => c.SshPublicKey).Must(key => SshKey().IsMatch(key))
            .WithMessage(
                "give an OpenSSH public key (ssh-ed25519, ecdsa-sha2-nistp256 or ssh-rsa) in one line; never the private one");
        RuleFor(c => c.AdminRanges).NotEmpty()
            .WithMessage(
                "give the CIDR ranges you administer from, such as [\"192.0.2.7/32\"]: "
                + "SSH and the Kubernetes API are open to no one else");
        RuleForEach(c => c.AdminRanges)
            .Must(IsRange)
            .WithMessage((_, range) => $"\"{range}\" is not a CIDR range such as 192.0.2.0/24")
            .Must(range => !IsEverywhere(range))
            .WithMessage((_, range) => $"\"{range}\" would open SSH and the Kubernetes API to everyone");
        RuleFor(c => c.VpnRanges).NotEmpty()
            .WithMessage("nobody could connect: leave it out for everywhere, or name CIDR ranges");
        RuleForEach(c => c.VpnRanges).Must(IsRange)
            .WithMessage((_, range) => $"\"{range}\" is not a CIDR range such as 192.0.2.0/24");
        RuleFor(c => c.NetworkRange).Must(IsPrivateNetwork)
            .WithMessage(c =>
                $"\"{c.NetworkRange}\" must be a private IPv4 range of /16 to /22 that starts where it "
                + "says, such as 10.77.0.0/16");
        RuleFor(c => c.FloatingAddress).Equal(false).When(c => c.Cloud == CloudName.Aws)
            .WithMessage("is for Hetzner: at AWS each machine has an elastic address, which can move already");
        RuleFor(c => c.K3sVersion).Matches(@"^v1\.\d+\.\d+\+k3s\d+$")
            .WithMessage(c => $"\"{c.K3sVersion}\" is not a release of k3s such as v1.33.5+k3s1");
        RuleFor(c => c.Repository).Must(IsRepository).When(c => c.Bootstrap != Bootstrap.None)
            .WithMessage(
                "give the HTTPS address of the Git repository with this project's deploy folder, or set bootstrap to none");
        RuleFor(c => c.Revision).Matches(@"^[A-Za-z0-9._/-]{1,200}$").WithMessage("give a branch, tag or commit");
        RuleFor(c => c.AwsRegion).Matches(@"^[a-z]{2}(-[a-z]+)+-\d$")
            .When(c => c.Cloud == CloudName.Aws && c.AwsRegion is not null)
            .WithMessage(c => $"\"{c.AwsRegion}\" is not a region such as eu-central-1");
        RuleFor(c => c.AwsRegion).NotNull().When(c => c.Cloud == CloudName.Aws)
            .WithMessage("give the region with \"pulumi config set aws:region eu-central-1\"");
    }

    /// <summary>The configuration's mistakes with their keys, in the order of the rules.</summary>
    public IEnumerable<ConfigurationProblem> Problems(EdgeConfiguration configuration) =>
        Validate(configuration).Errors.Select(error => new ConfigurationProblem(KeyOf(error.PropertyName), error.ErrorMessage));

    // An element of a list is a mistake of its key.
    private static string KeyOf(string property) =>
        property == nameof(EdgeConfiguration.AwsRegion)
            ? "aws:region"
            : char.ToLowerInvariant(property[0]) + property[1..].Split('[')[0];

    private static bool IsHostName(string text) => text.Length <= 253 && HostName().IsMatch(text);

    private static bool IsInside(string name, string zone) =>
        name == zone || name.EndsWith("." + zone, StringComparison.Ordinal);

    private static bool IsRange(string text) => text.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(text, out _);

    private static bool IsEverywhere(string text) => IPNetwork.TryParse(text, out var range) && range.PrefixLength == 0;

    private static bool IsPrivateNetwork(string text)
    {
        if (!IPNetwork.TryParse(text, out var range) || range.ToString() != text) return false;
        var address = range.BaseAddress.GetAddressBytes();
        return address.Length == 4 && range.PrefixLength is >= 16 and <= 22
            && (address[0] == 10 || address is [172, >= 16 and <= 31, ..] or [192, 168, ..]);
    }

    private static bool IsRepository(string? text) =>
        text is not null && RepositoryAddress().IsMatch(text);

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex HostName();

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,30}$")]
    private static partial Regex MachineName();

    // No account in it, and nothing that a shell would read as more than text.
    [GeneratedRegex("^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/+-]{1,200}$")]
    private static partial Regex RepositoryAddress();

    [GeneratedRegex(@"^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+={0,2}( [^\r\n]*)?$")]
    private static partial Regex SshKey();
}
