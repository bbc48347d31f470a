using GatewayConfig.Formats;
using GatewayConfig.Yaml;
using SstpGateway.Authentication;

namespace SstpGateway.Tests.Authentication;

public class UserSecretsTests
{
    [Fact] // RFC 2759 9.2
    public void Hashes_the_password_of_the_RFC() =>
        Assert.Equal("44EBBA8D5312B8D611474411F56989AE", UserSecrets.NtHash("clientPass"));

    [Fact]
    public void Makes_what_the_users_file_takes()
    {
        var text = $"""
            users:
              - name: a
                ntHash: "{UserSecrets.NtHash("secret")}"
                totpSecret: {UserSecrets.TotpSecret()}
              - name: b
                verifier: {UserSecrets.Verifier("secret")}
            """;

        Assert.True(UsersReader.TryRead(text, out var users, out var errors), string.Join('\n', errors));
        Assert.True(PasswordVerifier.TryParse(users.Users[1].Verifier!, out var verifier));
        Assert.True(verifier.Accepts("secret"));
    }
}
