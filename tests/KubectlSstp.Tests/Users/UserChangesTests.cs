using System.Text;
using GatewayConfig.Users;
using GatewayConfig.Yaml;
using KubectlSstp.Cluster;
using KubectlSstp.Users;

namespace KubectlSstp.Tests.Users;

public class UserChangesTests
{
    /// <summary>The NT hash of "clientPass", RFC 2759 9.2.</summary>
    private const string HashOfRfc2759 = "44EBBA8D5312B8D611474411F56989AE";

    [Fact]
    public void A_new_user_has_the_hash_that_rfc_2759_gives()
    {
        var user = Assert.Single(UserChanges.Add(new UsersConfig(), "alice", "clientPass", ["staff"]).Users);

        Assert.Equal(HashOfRfc2759, user.NtHash);
        Assert.Equal(["staff"], user.Groups);
        Assert.Null(user.Password);
    }

    [Fact]
    public void A_name_is_taken_whatever_the_case_of_its_letters() =>
        Assert.Throws<RefusedException>(() => UserChanges.Add(One(), "ALICE", "other", []));

    [Theory]
    [InlineData("no spaces please")]
    [InlineData("")]
    public void A_name_that_the_gateway_would_refuse_is_refused_here(string name) =>
        Assert.Throws<RefusedException>(() => UserChanges.Add(One(), name, "other", []));

    [Fact]
    public void A_new_password_replaces_whatever_form_the_old_one_had()
    {
        var clear = new UsersConfig { Users = [new UserConfig { Name = "bob", Password = "old" }] };

        var user = Assert.Single(UserChanges.SetPassword(clear, "bob", "clientPass").Users);

        Assert.Equal((HashOfRfc2759, null), (user.NtHash, user.Password));
    }

    [Fact]
    public void A_user_with_a_verifier_gets_a_new_verifier_and_nothing_weaker()
    {
        var salted = new UsersConfig
        {
            Users =
            [
                new UserConfig { Name = "bob", Verifier = GatewayConfig.Formats.PasswordVerifier.Create("old", 1000).Format() },
            ],
        };

        var user = Assert.Single(UserChanges.SetPassword(salted, "bob", "new").Users);

        Assert.Null(user.NtHash);
        Assert.True(GatewayConfig.Formats.PasswordVerifier.TryParse(user.Verifier!, out var verifier) && verifier.Accepts("new"));
    }

    [Fact]
    public void Who_is_not_there_cannot_be_changed() =>
        Assert.Contains(
            "user list", Assert.Throws<RefusedException>(() => UserChanges.Remove(One(), "bob")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_written_is_read_again_by_the_gateways_reader()
    {
        var users = UserChanges.SetTotp(
            UserChanges.Add(One(), "0123", "another", ["it", "staff"]), "0123", UserChanges.NewTotpSecret());
        users = UserChanges.SetDisabled(users, "alice", true);

        var text = Encoding.UTF8.GetString(UsersYaml.Write(users));

        Assert.True(UsersReader.TryRead(text, out var read, out var errors), string.Join("\n", errors));
        Assert.Equal(text, Encoding.UTF8.GetString(UsersYaml.Write(read)));
        Assert.Equal(["alice", "0123"], read.Users.Select(user => user.Name));
        Assert.True(read.Users[0].Disabled);
        Assert.Equal(users.Users[1].TotpSecret, read.Users[1].TotpSecret);
    }

    private static UsersConfig One() => UserChanges.Add(new UsersConfig(), "alice", "clientPass", []);
}
