using GatewayConfig.Yaml;
using SstpGateway.Commands;
using SstpGateway.Tests.Support;
using TestSupport.Prerequisites;
using TestSupport.Processes;

namespace SstpGateway.Tests.Deployment;

public sealed class SystemdUnitTests
{
    private const string Unit = "deploy/systemd/sstp-gateway.service";

    [Fact]
    public void Gives_the_gateway_two_capabilities_one_device_and_no_root()
    {
        Assert.Equal("sstp-gateway", Setting("User"));
        Assert.Equal("CAP_NET_ADMIN CAP_NET_BIND_SERVICE", Setting("AmbientCapabilities"));
        Assert.Equal(Setting("AmbientCapabilities"), Setting("CapabilityBoundingSet"));
        Assert.Equal("yes", Setting("NoNewPrivileges"));
        Assert.Equal(("closed", "/dev/net/tun rw"), (Setting("DevicePolicy"), Setting("DeviceAllow")));
    }

    [Fact]
    public void Starts_the_program_with_options_that_it_has()
    {
        var command = Setting("ExecStart").Split(' ');

        Assert.Equal(typeof(RunCommand).Assembly.GetName().Name, Path.GetFileName(command[0]));
        Assert.Empty(RunCommand.Create().Parse(command[2..]).Errors);
        Assert.Equal(RunCommand.Create().Name, command[1]);
    }

    [Fact]
    public void Does_not_start_again_with_a_configuration_that_has_mistakes() =>
        Assert.Equal($"{ExitCode.Configuration}", Setting("RestartPreventExitStatus"));

    [Fact]
    public void Comes_with_a_configuration_that_can_be_used()
    {
        Assert.True(
            GatewayConfigurationReader.TryRead(
                RepositoryFiles.Read("deploy/systemd/gateway.yaml"), out var configuration, out var errors),
            string.Join('\n', errors));

        // The unit's folders hold what the configuration names.
        Assert.Equal("sstp-gateway", Setting("StateDirectory"));
        Assert.StartsWith("/var/lib/sstp-gateway/", configuration.Addressing.LeaseFile, StringComparison.Ordinal);
        Assert.StartsWith("/etc/sstp-gateway/", configuration.Authentication.UsersFile, StringComparison.Ordinal);
    }

    [RequiresFact("systemd-analyze")]
    public async Task Is_rated_OK_or_better_by_systemd()
    {
        // systemd calls an exposure of 50 and more, in tenths, "MEDIUM".
        var rating = await Command.TryRunAsync(
            TimeSpan.FromSeconds(30), "systemd-analyze", "security", "--offline=true",
            "--threshold=30", "--no-pager", RepositoryFiles.Path(Unit));

        Assert.True(rating.ExitCode == 0, rating.Output);
    }

    /// <returns>The one value of a setting.</returns>
    private static string Setting(string name) =>
        Assert.Single(RepositoryFiles.Read(Unit).Split('\n'), line =>
            line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];
}
