using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using GatewayConfig.Formats;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpGateway.Authentication;

/// <summary>Judges by the users file.</summary>
/// <remarks>
/// Neither the answer nor its time tells whether a name exists: an unknown one is judged by secrets that nobody has. Whether an
/// account is disabled or expired is said only to those who prove that it is theirs.
/// </remarks>
public sealed class LocalUsers(TimeProvider clock) : IUserAuthenticator, IDisposable
{
    private const string Unknown = "the user is not in the users file";
    private const string WrongPassword = "the password is wrong";

    // Verifiers are slow on purpose. Half the processors go on moving packets, however many try their luck.
    private readonly SemaphoreSlim slowChecks = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly byte[] nobodysHash = RandomNumberGenerator.GetBytes(MsChapV2.NtHashSize);
    private readonly SpentCodes spentCodes = new();
    private readonly ProvenPasswords provenPasswords = new();
    private volatile UserDirectory directory = UserDirectory.Empty;

    /// <summary>Other users are in force. Called on the thread that found them.</summary>
    public event Action? Changed;

    /// <summary>The users from now on; calls that are up stay. Whole:
    /// nobody is judged by half of one and half of another.</summary>
    public UserDirectory Directory
    {
        get => directory;
        set
        {
            directory = value;
            var names = value.Names;
            spentCodes.KeepOnly(names);
            provenPasswords.KeepOnly(names);
            Changed?.Invoke();
        }
    }

    public async ValueTask<AuthenticationResult> AuthenticateAsync(
        Credentials credentials, IPAddress source, CancellationToken stopping)
    {
        var users = directory;
        var user = users.Find(credentials.UserName);
        return credentials switch
        {
            Credentials.MsChapV2 offered => Judge(user, offered),
            Credentials.ChapMd5 offered => Judge(user, offered),
            Credentials.Pap offered => await JudgeAsync(user, offered, users.VerifierIterations, stopping),
            _ => throw new ArgumentException($"unknown credentials {credentials.GetType()}", nameof(credentials)),
        };
    }

    public void Dispose() => slowChecks.Dispose();

    private AuthenticationResult Judge(LocalUser? user, Credentials.MsChapV2 offered)
    {
        var method = offered.InsideEap ? "EAP-MSCHAPv2" : "MS-CHAPv2";
        var ntHash = user is null || user.NtHash.IsEmpty ? nobodysHash : user.NtHash;

        Span<byte> expected = stackalloc byte[MsChapV2.NtResponseSize];
        MsChapV2.NtResponse(
            offered.AuthenticatorChallenge.Span, offered.PeerChallenge.Span, offered.NameOctets.Span, ntHash, expected);
        var proven = CryptographicOperations.FixedTimeEquals(expected, offered.NtResponse.Span);

        if (user is null) return Wrong(Unknown);
        if (user.NtHash.IsEmpty)
            return Unsuitable(
                $"the users file has only a verifier for this user, which serves PAP; {method} needs ntHash or password");
        if (user.TotpSecret is not null)
            return Unsuitable($"this user has a TOTP secret, and {method} cannot carry the code; only PAP can");
        if (!proven) return Wrong(WrongPassword);

        Span<byte> proof = stackalloc byte[MsChapV2.AuthenticatorResponseSize];
        MsChapV2.AuthenticatorResponse(
            ntHash, offered.NtResponse.Span, offered.PeerChallenge.Span,
            offered.AuthenticatorChallenge.Span, offered.NameOctets.Span, proof);
        return Admit(user, MsChapV2.DeriveKey(ntHash, offered.NtResponse.Span), MsChapV2Success.Format(proof, "Welcome"), method);
    }

    private AuthenticationResult Judge(LocalUser? user, Credentials.ChapMd5 offered)
    {
        Span<byte> expected = stackalloc byte[MD5.HashSizeInBytes];
        ChapMd5.Respond(offered.Identifier, Encoding.UTF8.GetBytes(user?.Password ?? ""), offered.Challenge.Span, expected);
        var proven = CryptographicOperations.FixedTimeEquals(expected, offered.Response.Span);

        if (user is null) return Wrong(Unknown);
        if (user.Password is null)
            return Unsuitable("the users file has no password in the clear for this user, which CHAP with MD5 needs");
        if (user.TotpSecret is not null)
            return Unsuitable("this user has a TOTP secret, and CHAP cannot carry the code; only PAP can");
        return proven ? Admit(user, HigherLayerKey.None, "Welcome", "CHAP with MD5") : Wrong(WrongPassword);
    }

    private async ValueTask<AuthenticationResult> JudgeAsync(
        LocalUser? user, Credentials.Pap offered, int iterations, CancellationToken stopping)
    {
        var (password, step) = (offered.Password, (long?)null);
        if (user?.TotpSecret is { } secret)
        {
            password = password.Length < Totp.Digits ? "" : password[..^Totp.Digits];
            step = Totp.FindStep(secret, offered.Password.AsSpan(password.Length), clock.GetUtcNow());
        }

        var proven = await AcceptsAsync(user, password, iterations, stopping);
        if (user is null) return Wrong(Unknown);
        if (!proven) return Wrong(WrongPassword);
        if (user.TotpSecret is not null)
        {
            if (step is null) return Wrong("the password is right, but the TOTP code after it is not");
            if (!spentCodes.TrySpend(user.Identity.Name, step.Value)) return Wrong("the TOTP code has been used before");
        }
        return Admit(user, HigherLayerKey.None, "Welcome", "PAP");
    }

    private async ValueTask<bool> AcceptsAsync(LocalUser? user, string password, int iterations, CancellationToken stopping)
    {
        if (user?.Verifier is not { } verifier)
        {
            var accepted = HasNtHashOf(user, password);
            await SlowlyAsync(() => PasswordVerifier.Burn(password, iterations), iterations, stopping);
            return accepted;
        }

        // Quick only for who has the right password, whom it tells nothing new.
        if (provenPasswords.Contains(user.Identity.Name, verifier, password)) return true;

        var proven = false;
        await SlowlyAsync(
            () =>
            {
                PasswordVerifier.Burn(password, iterations - verifier.Iterations);
                proven = verifier.Accepts(password);
            },
            iterations,
            stopping);
        if (proven) provenPasswords.Add(user.Identity.Name, verifier, password);
        return proven;
    }

    private async ValueTask SlowlyAsync(Action check, int iterations, CancellationToken stopping)
    {
        if (iterations == 0) return;

        await slowChecks.WaitAsync(stopping);
        try
        {
            await Task.Run(check, stopping);
        }
        finally
        {
            slowChecks.Release();
        }
    }

    private bool HasNtHashOf(LocalUser? user, string password)
    {
        Span<byte> hash = stackalloc byte[MsChapV2.NtHashSize];
        MsChapV2.NtHash(password, hash);
        return CryptographicOperations.FixedTimeEquals(hash, user is null ? nobodysHash : user.NtHash);
    }

    private AuthenticationResult Admit(LocalUser user, HigherLayerKey key, string message, string method)
    {
        if (user.Disabled) return AuthenticationResult.RefuseAccount(AuthenticationOutcome.Disabled, "The account is disabled");
        if (user.Expires is { } end && clock.GetUtcNow() >= end)
        {
            var since = end.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
            return AuthenticationResult.RefuseAccount(AuthenticationOutcome.Expired, $"The account has expired ({since})");
        }
        return AuthenticationResult.Accept(user.Identity, key, message, $"accepted by {method} from the users file");
    }

    private static AuthenticationResult Wrong(string reason) =>
        AuthenticationResult.Refuse(AuthenticationOutcome.WrongCredentials, mayRetry: true, reason);

    // Another try is useless, but saying so would tell such a user from a name that does not exist.
    private static AuthenticationResult Unsuitable(string reason) =>
        AuthenticationResult.Refuse(AuthenticationOutcome.UnsuitableMethod, mayRetry: true, reason);
}
