using TestSupport.Certificates;

namespace Interop.Tests.Gateway;

/// <summary>The files one gateway runs from.</summary>
public sealed class GatewayFiles
{
    public const string User = "alice";
    public const string Password = "Wonder-land 42";

    private const string Pool4 = "10.77.0.0/24";
    private const string Pool6 = "fd00:77::/56";

    private readonly string _folder;

    public GatewayFiles(string folder, IssuedCertificate certificate)
    {
        _folder = folder;
        ReplaceCertificate(certificate);
        File.WriteAllText(UsersFile, $"""
            users:
              - name: {User}
                password: "{Password}"
                groups: [staff]
              - name: bob
                password: "{Password}"
            """);
        File.SetUnixFileMode(UsersFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Configuration, $"""
            hostname: {Network.Laboratory.GatewayName}
            listening:
              addresses: ["{Network.Laboratory.Outside}:443"]
            tls:
              certificates:
                - certificateFile: {CertificateFile}
                  keyFile: {KeyFile}
            addressing:
              pools4: [{Pool4}]
              pools6: ["{Pool6}"]
              leaseFile: {Path.Combine(folder, "leases.json")}
            network:
              device: sstp0
              defaultRoute: false
              routes: ["{Network.Laboratory.InsideNetwork}", "fd00:51::/64"]
            dns:
              servers: ["{Network.Laboratory.InsideHost}"]
              searchDomains: [corp.example]
            authentication:
              methods: [eapMsChapV2, msChapV2, pap]
              usersFile: {UsersFile}
            limits:
              callsPerUser: 100
              connectionsPerSource: 200
            admin:
              listen: unix:{AdminSocket}
            drainTime: 1s
            """);
    }

    public string Configuration => Path.Combine(_folder, "gateway.yaml");

    public string AdminSocket => Path.Combine(_folder, "admin.sock");

    public string LogFile => Path.Combine(_folder, "gateway.log");

    private string CertificateFile => Path.Combine(_folder, "tls.crt");

    private string KeyFile => Path.Combine(_folder, "tls.key");

    private string UsersFile => Path.Combine(_folder, "users.yaml");

    /// <summary>Puts another pair in place of the old one, each file whole, key first as a reader
    /// is likelier to watch the certificate.</summary>
    public void ReplaceCertificate(IssuedCertificate certificate)
    {
        Replace(KeyFile, certificate.KeyPem);
        Replace(CertificateFile, certificate.CertificatePem);
    }

    private static void Replace(string file, string text)
    {
        File.WriteAllText(file + ".new", text);
        File.SetUnixFileMode(file + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(file + ".new", file, overwrite: true);
    }
}
