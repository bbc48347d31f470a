using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpClient.Calls;
using SstpClient.Dialing;
using SstpProtocol.Ppp.Authentication;

namespace SstpClient.Commands;

/// <summary>The options that say whom to call and as whom; the same for every verb that logs in.</summary>
internal sealed class ServerOptions
{
    private readonly Argument<Uri> _server = new("server")
    {
        Description = "https://NAME[:PORT]",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme == "https") return uri;
            result.AddError("the server is given as https://NAME or https://NAME:PORT");
            return null;
        },
    };

    private readonly Option<string> _user = new("--user", "-u") { Description = "The user's name.", Required = true };

    private readonly Option<FileInfo?> _passwordFile = new("--password-file")
    {
        Description = "File whose first line is the password; without it the password is read from standard input.",
    };

    private readonly Option<FileInfo?> _ca = new("--ca")
    {
        Description = "PEM file of the certificate authorities to trust instead of the system's.",
    };

    private readonly Option<AuthenticationMethod[]> _methods = new("--method")
    {
        Description = "Allowed methods, the preferred one first: eap, msChapV2, chapMd5, pap. Default eap msChapV2.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _noIpv6 = new("--no-ipv6") { Description = "Do not ask for IPv6 in the tunnel." };

    public void AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_user);
        command.Add(_passwordFile);
        command.Add(_ca);
        command.Add(_methods);
        command.Add(_noIpv6);
    }

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">The CA file holds no certificate.</exception>
    public CallSettings Read(ParseResult parsed)
    {
        var server = parsed.GetRequiredValue(_server);
        var settings = new CallSettings
        {
            Dial = new DialSettings
            {
                Host = server.IdnHost,
                Port = server.Port,
                TrustedRoots = parsed.GetValue(_ca) is { } ca ? ReadRoots(ca) : null,
            },
            Credentials = new PeerCredentials(parsed.GetRequiredValue(_user), ReadPassword(parsed.GetValue(_passwordFile))),
            Ipv6 = !parsed.GetValue(_noIpv6),
        };
        return parsed.GetValue(_methods) is { Length: > 0 } methods ? settings with { Methods = methods } : settings;
    }

    private static X509Certificate2Collection ReadRoots(FileInfo file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file.FullName);
        return roots.Count > 0 ? roots : throw new CryptographicException($"{file} holds no PEM certificate");
    }

    private static string ReadPassword(FileInfo? file)
    {
        // Not an option: those are seen by every user of the host.
        using var reader = file is null ? Console.In : file.OpenText();
        return reader.ReadLine() ?? throw new IOException($"{file?.FullName ?? "standard input"} holds no password");
    }
}
