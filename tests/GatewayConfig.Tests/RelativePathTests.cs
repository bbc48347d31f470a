using GatewayConfig.Yaml;

namespace GatewayConfig.Tests;

public sealed class RelativePathTests
{
    [Fact]
    public void Paths_mean_the_folder_of_the_file_they_stand_in()
    {
        var configuration = Read("""
            tls: {certificates: [{certificateFile: ../tls/tls.crt, keyFile: /keys/tls.key}]}
            decoy: {kind: static, root: www}
            addressing: {leaseFile: ./leases.json}
            authentication: {usersFile: ../users/users.yaml}
            admin: {tls: {listen: '192.0.2.1:9443', certificateFile: ../channel/tls.crt, keyFile: ../channel/tls.key, clientCaFile: ../channel/ca.crt}}
            """).RelativeTo("/etc/sstp-gateway/config");

        Assert.Equal("/etc/sstp-gateway/tls/tls.crt", configuration.Tls.Certificates[0].CertificateFile);
        Assert.Equal("/keys/tls.key", configuration.Tls.Certificates[0].KeyFile);
        Assert.Equal("/etc/sstp-gateway/config/www", configuration.Decoy.Root);
        Assert.Equal("/etc/sstp-gateway/config/leases.json", configuration.Addressing.LeaseFile);
        Assert.Equal("/etc/sstp-gateway/users/users.yaml", configuration.Authentication.UsersFile);
        Assert.Equal("/etc/sstp-gateway/channel/tls.crt", configuration.Admin.Tls!.CertificateFile);
        Assert.Equal("/etc/sstp-gateway/channel/tls.key", configuration.Admin.Tls!.KeyFile);
        Assert.Equal("/etc/sstp-gateway/channel/ca.crt", configuration.Admin.Tls!.ClientCaFile);
    }

    [Fact]
    public void What_is_not_given_stays_so()
    {
        var configuration = Read("addressing: {leaseFile: null}").RelativeTo("/etc");

        Assert.Null(configuration.Addressing.LeaseFile);
        Assert.Null(configuration.Authentication.UsersFile);
        Assert.Null(configuration.Decoy.Root);
        Assert.Null(configuration.Admin.Tls);
        Assert.Empty(configuration.Tls.Certificates);
    }

    private static GatewayConfiguration Read(string text) =>
        GatewayConfigurationReader.TryRead(text, out var configuration, out var errors)
            ? configuration
            : throw new InvalidOperationException(string.Join('\n', errors));
}
