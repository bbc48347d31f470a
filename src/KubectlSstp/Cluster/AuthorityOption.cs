using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubectlSstp.Cluster;

/// <summary><c>--ca</c>: whom to believe in place of the system's authorities.</summary>
internal sealed class AuthorityOption
{
    public Option<FileInfo?> Option { get; } = new("--ca")
    {
        Description = "PEM file with the only authorities to trust; else the certificate issuer's own root, "
            + "as the cluster publishes it, or the system's.",
    };

    /// <returns>Empty when none is given.</returns>
    /// <exception cref="RefusedException">The file cannot be read, or holds none.</exception>
    public IReadOnlyList<X509Certificate2> Read(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } file) return [];
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file.FullName);
            return roots.Count > 0 ? [.. roots] : throw new RefusedException($"--ca: {file} holds no certificate in PEM form.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new RefusedException($"--ca: {e.Message}");
        }
    }
}
