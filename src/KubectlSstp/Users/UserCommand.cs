using System.CommandLine;
using KubectlSstp.Cluster;
using KubectlSstp.Output;
using QRCoder;

namespace KubectlSstp.Users;

/// <summary><c>kubectl sstp user</c>: the local users of a gateway, in the Secret that its spec names.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Gateway = new("gateway") { Description = "The VpnGateway." };
    private static readonly Argument<string> User = new("user") { Description = "The user's name, as in the log-in." };

    public static Command Create(ClusterOptions cluster) => new(
        "user", "Add and change the local users of a gateway. Passwords come from the terminal or standard input.")
    {
        List(cluster),
        Add(cluster),
        Changing(cluster, "passwd", "Give a user a new password.", async (secret, user, stopping) =>
        {
            UserChanges.RequireThere(await secret.ReadAsync(stopping), user);
            var password = PasswordInput.Ask(user);
            await secret.ChangeAsync(users => UserChanges.SetPassword(users, user, password), stopping);
        }, "has a new password"),
        Totp(cluster),
        Changing(cluster, "disable", "Keep a user, but refuse the log-in.", (secret, user, stopping) =>
            secret.ChangeAsync(users => UserChanges.SetDisabled(users, user, true), stopping),
            "is disabled; calls that are up go on"),
        Changing(cluster, "enable", "Let a disabled user in again.", (secret, user, stopping) =>
            secret.ChangeAsync(users => UserChanges.SetDisabled(users, user, false), stopping), "is enabled"),
        Changing(cluster, "remove", "Remove a user.", (secret, user, stopping) =>
            secret.ChangeAsync(users => UserChanges.Remove(users, user), stopping), "is removed; calls that are up go on"),
    };

    private static Command List(ClusterOptions cluster)
    {
        var command = new Command("list", "Show the users; never their secrets.") { Gateway };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var secret = await UsersSecret.OfAsync(session, parsed.GetRequiredValue(Gateway), stopping);
            var report = new Report("NAME", "GROUPS", "ADDRESS", "TOTP", "STATE", "EXPIRES");
            foreach (var user in (await secret.ReadAsync(stopping)).Users)
            {
                report.Add(
                    user.Name, string.Join(",", user.Groups), user.Address4 ?? "", user.TotpSecret is null ? "" : "yes",
                    user.Disabled ? new Cell("disabled", "yellow") : "enabled", user.Expires ?? "");
            }
            if (report.Count > 0) report.Write();
            else Console.WriteLine($"No users in Secret {secret.Key}.");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Add(ClusterOptions cluster)
    {
        var groups = new Option<string[]>("--group")
        {
            Description = "A group, for access rules. May be given several times.", DefaultValueFactory = _ => [],
        };
        var command = new Command("add", "Add a user, with a password that serves MS-CHAPv2, EAP-MSCHAPv2 and PAP.")
        {
            Gateway, User, groups,
        };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var (name, secret) =
                (parsed.GetRequiredValue(User), await UsersSecret.OfAsync(session, parsed.GetRequiredValue(Gateway), stopping));
            UserChanges.RequireFree(await secret.ReadAsync(stopping), name);
            var password = PasswordInput.Ask(name);
            await secret.ChangeAsync(users => UserChanges.Add(users, name, password, parsed.GetRequiredValue(groups)), stopping);
            Console.WriteLine($"user {name} is added to Secret {secret.Key}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Totp(ClusterOptions cluster)
    {
        var command = new Command(
            "totp",
            "Give a user a new second factor, and show it once for the authenticator program. Leaves only PAP to that user.")
        {
            Gateway, User,
        };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var (name, secret) =
                (parsed.GetRequiredValue(User), await UsersSecret.OfAsync(session, parsed.GetRequiredValue(Gateway), stopping));
            var totp = UserChanges.NewTotpSecret();
            await secret.ChangeAsync(users => UserChanges.SetTotp(users, name, totp), stopping);

            var address = $"otpauth://totp/{Uri.EscapeDataString($"{parsed.GetRequiredValue(Gateway)}:{name}")}?secret={totp}"
                + $"&issuer={Uri.EscapeDataString(parsed.GetRequiredValue(Gateway))}";
            using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
            using var picture = new AsciiQRCode(code);
            Console.WriteLine(picture.GetGraphicSmall());
            Console.WriteLine(address);
            Console.WriteLine($"user {name} types the password and, right behind it, the six digits. It is not shown again.");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Changing(
        ClusterOptions cluster, string verb, string description,
        Func<UsersSecret, string, CancellationToken, Task> change, string done)
    {
        var command = new Command(verb, description) { Gateway, User };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var name = parsed.GetRequiredValue(User);
            await change(await UsersSecret.OfAsync(session, parsed.GetRequiredValue(Gateway), stopping), name, stopping);
            Console.WriteLine($"user {name} {done}");
            return ExitCode.Success;
        }));
        return command;
    }
}
