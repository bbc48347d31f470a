using EndToEnd.Tests.Network;
using TestSupport.Certificates;

namespace EndToEnd.Tests.Programs;

/// <summary>The files one gateway runs from.</summary>
/// <param name="configuration">Where in the folder the configuration is.</param>
public sealed class GatewayFiles(string folder, string configuration = "gateway.yaml")
{
    /// <summary>Name of its tunnel device.</summary>
    public const string Device = "sstp0";

    public string Configuration { get; } = Path.Combine(folder, configuration);

    public string AdminSocket { get; } = Path.Combine(folder, "admin.sock");

    /// <summary>What the gateway keeps.</summary>
    public string State { get; } = Path.Combine(folder, "state");

    public string LogFile { get; } = Path.Combine(folder, "gateway.log");

    private string CertificateFile { get; } = Path.Combine(folder, "tls.crt");

    private string KeyFile { get; } = Path.Combine(folder, "tls.key");

    private string UsersFile { get; } = Path.Combine(folder, "users.yaml");

    public void Write(GatewayOptions options)
    {
        Replace(UsersFile, $"users:\n{options.Users}\n");
        var certificates = options.HasCertificate
            ? $"[{{certificateFile: {CertificateFile}, keyFile: {KeyFile}}}{options.MoreCertificates}]"
            : "[]";
        WriteConfiguration($"""
            hostname: {Laboratory.GatewayName}
            drainTime: {options.DrainTime}
            listening:
              addresses: {options.Addresses}
            tls:
              certificates: {certificates}
              minimumVersion: {options.MinimumVersion}
              policy: {options.Policy}
            addressing:
              pools4: ["10.77.0.0/24"]
              pools6: ["fd00:77::/56"]
              leaseFile: {Path.Combine(folder, "leases.json")}
            network:
              device: {Device}
              defaultRoute: false
              routes: ["198.51.100.0/24", "fd00:51::/64"]
              masquerade: {Word(options.Masquerade)}
              clientIsolation: {Word(options.ClientIsolation)}
              accessRules: {options.AccessRules}
            dns:
              servers: {options.DnsServers}
              zones: {options.DnsZones}
              searchDomains: [corp.example]
            authentication:
              methods: {options.Methods}
              usersFile: {UsersFile}
              lockout: {options.Lockout}
            limits: {options.Limits}
            admin:
              listen: unix:{AdminSocket}
            """);
    }

    public void WriteConfiguration(string yaml) => Replace(Configuration, yaml);

    /// <summary>Puts another pair in place of the old one, each file whole; the key first,
    /// as readers look at the certificate.</summary>
    public void ReplaceCertificate(IssuedCertificate certificate)
    {
        Replace(KeyFile, certificate.KeyPem);
        Replace(CertificateFile, certificate.CertificatePem);
    }

    private static string Word(bool value) => value ? "true" : "false";

    private static void Replace(string file, string text)
    {
        File.WriteAllText(file + ".new", text);
        File.SetUnixFileMode(file + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(file + ".new", file, overwrite: true);
    }
}
