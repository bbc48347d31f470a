using System.CommandLine;
using KubeApi.Objects;
using KubectlSstp.Cluster;
using KubectlSstp.Users;
using Operator.Gateways.Planning;
using Operator.Gateways.Profiles;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;
using QRCoder;

namespace KubectlSstp.Profiles;

/// <summary><c>kubectl sstp profile NAME --for PLATFORM</c>: what one person needs to set up one client.
/// By the generator that also fills the gateway's ConfigMap.</summary>
internal static class ProfileCommand
{
    private static readonly Dictionary<string, ClientPlatform> Platforms = Enum.GetValues<ClientPlatform>()
        .ToDictionary(platform => platform.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string>("gateway") { Description = "The VpnGateway." };
        var platform = new Option<string>("--for") { Description = $"{string.Join(", ", Platforms.Keys)}.", Required = true };
        platform.AcceptOnlyFromAmong([.. Platforms.Keys]);
        var user = new Option<string?>("--user") { Description = "Fill in this user's name." };
        var withPassword = new Option<bool>("--with-password")
        {
            Description = "Fill in the password, too; it comes from the terminal or standard input.",
        };
        var folder = new Option<DirectoryInfo?>("--to")
        {
            Description = "Write files into this folder rather than to standard output.",
        };
        var file = new Option<string?>("--file") { Description = "Only this one of the files, such as windows.ps1." };
        var authority = new Option<FileInfo?>("--ca")
        {
            Description = "PEM file with the authority that clients have to trust; "
                + "else the trust bundle that the certificate's issuer publishes.",
        };
        var qr = new Option<bool>("--qr") { Description = "For android and ios: show the text as a QR code, too." };
        var command = new Command("profile", "What one client needs to call a gateway, and which program it takes.")
        {
            gateway, platform, user, withPassword, folder, file, authority, qr,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(withPassword) && result.GetResult(user) is null) result.AddError("--with-password needs --user.");
            if (result.GetValue(qr) && result.GetValue(platform) is { } chosen and not ("android" or "ios"))
                result.AddError($"--qr is for android and ios; {chosen} needs files: --to FOLDER.");
            if (result.GetValue(user) is { } name && name.Any(char.IsControl))
                result.AddError("--user: a name has no control characters.");
        });
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var name = parsed.GetRequiredValue(gateway);
            var found = await session.GatewayAsync(name, stopping);
            var subject = ProfileSubject.Of(found) ?? throw new RefusedException(
                $"VpnGateway {name} has no hostname, so there is no name to dial: set spec.hostname first.");
            subject = subject with
            {
                User = parsed.GetValue(user),
                Password = parsed.GetValue(withPassword) ? Checked(PasswordInput.Once(parsed.GetValue(user)!)) : null,
                AuthorityPem = parsed.GetValue(authority) is { } pem
                    ? await ReadAsync(pem, stopping)
                    : await AuthorityAsync(session, found, stopping),
            };

            var files = ClientProfile.For(Platforms[parsed.GetRequiredValue(platform)], subject);
            if (parsed.GetValue(file) is { } wanted)
            {
                var chosen = files.Where(each => each.Name == wanted).ToList();
                if (chosen.Count == 0) throw new RefusedException(
                    $"There is no file {wanted} for this platform, but {string.Join(", ", files.Select(each => each.Name))}.");
                files = chosen;
            }
            if (parsed.GetValue(folder) is { } target) WriteTo(target, files);
            else Show(files);
            if (parsed.GetValue(qr)) ShowCode(files[0].Content);
            return ExitCode.Success;
        }));
        return command;
    }

    /// <summary>The root of an authority of one's own, where its certificate says that it is published.</summary>
    private static async Task<string?> AuthorityAsync(ClusterSession session, VpnGateway gateway, CancellationToken stopping)
    {
        var issuer = gateway.Spec.Certificate?.Template?.Issuer ?? (GatewayNames.Certificate(gateway) is { } certificate
            ? (await session.Client.GetAsync(
                Kinds.SstpCertificates, new ObjectKey(session.Namespace, certificate), stopping))?.Value.Spec.Issuer
            : null);
        if (issuer is not { Kind: CertificateIssuerKind.InternalCa, InternalCa: { } authority }) return null;
        if (await new IssuerAuthority(session).FindAsync(gateway, stopping) is { } root) return root.Pem;
        throw new RefusedException(authority.TrustBundleConfigMap is { } bundle
            ? $"ConfigMap {bundle} with the authority's root is not there yet, has no key ca.crt, or may not be read with your "
                + "rights; kubectl describe sstpcert says why, and --ca gives it."
            : "The certificate is of an authority of your own: give its root by --ca, "
                + "or have it published by issuer.internalCa.trustBundleConfigMap.");
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken stopping)
    {
        try
        {
            return await File.ReadAllTextAsync(file.FullName, stopping);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--ca: {e.Message}");
        }
    }

    private static string Checked(string password) =>
        password.Any(char.IsControl)
            ? throw new RefusedException("The password has control characters, which no client takes.")
            : password;

    private static void WriteTo(DirectoryInfo folder, IReadOnlyList<ProfileFile> files)
    {
        try
        {
            folder.Create();
            foreach (var file in files)
            {
                var path = Path.Combine(folder.FullName, file.Name);
                // With its mode from the first moment; a file that was there keeps its own, so it goes first.
                File.Delete(path);
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows() && file.HoldsPassword)
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                using (var writer = new StreamWriter(path, options)) writer.Write(file.Content);
                Console.WriteLine(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--to: {e.Message}");
        }
    }

    private static void Show(IReadOnlyList<ProfileFile> files)
    {
        foreach (var file in files)
        {
            if (files.Count > 1) Console.WriteLine($"==> {file.Name} <==");
            Console.Write(file.Content);
            if (files.Count > 1) Console.WriteLine();
        }
    }

    private static void ShowCode(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using var picture = new AsciiQRCode(code);
        Console.WriteLine(picture.GetGraphicSmall());
    }
}
