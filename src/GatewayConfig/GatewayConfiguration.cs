using GatewayConfig.Addressing;
using GatewayConfig.Admin;
using GatewayConfig.Authentication;
using GatewayConfig.Decoy;
using GatewayConfig.Dns;
using GatewayConfig.Limits;
using GatewayConfig.Listening;
using GatewayConfig.Network;
using GatewayConfig.Tls;

namespace GatewayConfig;

/// <summary>Everything one gateway needs to know: the contract between whoever writes the file and <c>sstp-gateway</c>.</summary>
/// <remarks>
/// Immutable, and free of I/O: paths are only names here. A gateway swaps in a new one whole; which parts a running
/// gateway can change without restart is said at each section.
/// </remarks>
public sealed record GatewayConfiguration
{
    /// <summary>
    /// Counts what whoever writes the file has written, so that a gateway can tell which of two contents is the newer one. 0: a
    /// file that people write, which does not count.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>The DNS name clients dial; null when only addresses are used. The certificate must cover it.</summary>
    public string? Hostname { get; init; }

    public ListeningConfig Listening { get; init; } = new();
    public TlsConfig Tls { get; init; } = new();
    public DecoyConfig Decoy { get; init; } = new();
    public AddressingConfig Addressing { get; init; } = new();
    public NetworkConfig Network { get; init; } = new();
    public DnsConfig Dns { get; init; } = new();
    public AuthenticationConfig Authentication { get; init; } = new();
    public LimitsConfig Limits { get; init; } = new();
    public AdminConfig Admin { get; init; } = new();

    /// <summary>How long calls may go on after SIGTERM before they are told to go. Default 30 s; 0 s to 24 h.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same with every path absolute.</summary>
    /// <param name="folder">Absolute: where the file is that the paths stand in.</param>
    public GatewayConfiguration RelativeTo(string folder)
    {
        return this with
        {
            Tls = Tls with
            {
                Certificates =
                [
                    .. Tls.Certificates.Select(pair =>
                        new CertificateConfig { CertificateFile = Whole(pair.CertificateFile), KeyFile = Whole(pair.KeyFile) }),
                ],
            },
            Decoy = Decoy with { Root = MaybeWhole(Decoy.Root) },
            Addressing = Addressing with { LeaseFile = MaybeWhole(Addressing.LeaseFile) },
            Authentication = Authentication with { UsersFile = MaybeWhole(Authentication.UsersFile) },
            Admin = Admin with
            {
                Tls = Admin.Tls is { } tls
                    ? tls with
                    {
                        CertificateFile = Whole(tls.CertificateFile),
                        KeyFile = Whole(tls.KeyFile),
                        ClientCaFile = Whole(tls.ClientCaFile),
                    }
                    : null,
            },
        };

        string Whole(string path) => Path.GetFullPath(path, folder);
        string? MaybeWhole(string? path) => path is null ? null : Whole(path);
    }
}
