using System.CommandLine;
using SstpGateway.Authentication;

namespace SstpGateway.Commands;

/// <summary><c>sstp-gateway secret KIND</c>: makes what goes into the users file, from a password on standard input.</summary>
internal static class SecretCommand
{
    public static Command Create() => new("secret", "Make a secret for the users file.")
    {
        FromPassword(
            "nt-hash", "For MS-CHAPv2 and EAP-MSCHAPv2 (ntHash). As good as the password itself: keep it as safe.",
            UserSecrets.NtHash),
        FromPassword("verifier", "For PAP only (verifier): salted and slow, of no use to a thief.", UserSecrets.Verifier),
        Totp(),
    };

    private static Command FromPassword(string name, string description, Func<string, string> make)
    {
        var command = new Command(name, description + " Reads the password from standard input.");
        command.SetAction(_ =>
        {
            // Not an argument: those are seen by every user of the host, and kept in the shell's history.
            if (Console.In.ReadLine() is not { Length: > 0 } password)
            {
                Console.Error.WriteLine(
                    "no password on standard input; try: read -rs P; printf '%s' \"$P\" | sstp-gateway secret " + name);
                return ExitCode.Configuration;
            }

            Console.WriteLine(make(password));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Totp()
    {
        var command = new Command("totp", "A new TOTP secret (totpSecret), for the file and for the user's authenticator app.");
        command.SetAction(_ =>
        {
            Console.WriteLine(UserSecrets.TotpSecret());
            return ExitCode.Success;
        });
        return command;
    }
}
