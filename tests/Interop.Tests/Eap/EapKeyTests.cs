using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;

namespace Interop.Tests.Eap;

/// <summary>
/// eapol_test is wpa_supplicant's own implementation of EAP-MSCHAPv2 with a RADIUS client around it. It ends with 0 only when the
/// exchange succeeds and the keys that come by RADIUS are the ones it derived itself.
/// </summary>
public sealed class EapKeyTests
{
    private const string User = "alice";
    private const string Password = "Wonder-land 42";

    [RequiresFact("eapol_test")]
    public async Task Eapol_test_derives_the_keys_that_our_authenticator_derives()
    {
        await using var server = new EapRadiusServer(User, Password);

        var result = await EapolTestAsync(server, Password);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("EAP-MSCHAPV2: Authentication succeeded", result.Output);
    }

    [RequiresFact("eapol_test")]
    public async Task Eapol_test_notices_keys_that_are_swapped()
    {
        await using var server = new EapRadiusServer(User, Password, swapsKeys: true);

        var result = await EapolTestAsync(server, Password);

        Assert.Contains("PMK mismatch", result.Output);
        Assert.NotEqual(0, result.ExitCode);
    }

    [RequiresFact("eapol_test")]
    public async Task A_wrong_password_is_refused_with_the_error_of_RFC_2759()
    {
        await using var server = new EapRadiusServer(User, Password);

        var result = await EapolTestAsync(server, "wrong");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("E=691", result.Output);
        Assert.Contains("CTRL-EVENT-EAP-FAILURE", result.Output);
    }

    private static async Task<CommandResult> EapolTestAsync(EapRadiusServer server, string password)
    {
        using var folder = new TemporaryFolder("eapol");
        var configuration = folder.Write("eapol.conf", $$"""
            network={
              key_mgmt=WPA-EAP
              eap=MSCHAPV2
              identity="{{User}}"
              password="{{password}}"
            }
            """);
        return await Command.TryRunAsync(
            TimeSpan.FromSeconds(30),
            "eapol_test", "-c", configuration, "-a", "127.0.0.1", "-p",
            $"{server.Port}", "-s", EapRadiusServer.Secret, "-t", "10");
    }
}
