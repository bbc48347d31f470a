namespace Packaging.Sbom;

/// <summary>A package of the distribution of which an image holds libraries.</summary>
/// <param name="Image">The program of the image.</param>
public sealed record LibraryInImage(string Image, string Package, string Version)
{
    /// <summary>From "sstp-gateway libnftables1 1.0.6-2+deb12u2".</summary>
    /// <exception cref="FormatException">Not three words.</exception>
    public static LibraryInImage Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var image, var package, var version]
            ? new(image, package, version)
            : throw new FormatException($"\"{line}\" is not the name of an image, of a package and its version");
}
