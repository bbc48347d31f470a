using System.Xml.Linq;

namespace Packaging.Sbom;

/// <summary>What a package itself declares as its licence, in the folder where NuGet unpacked it.</summary>
public static class PackageLicence
{
    /// <summary>SPDX' word for "nothing is claimed".</summary>
    public const string Unknown = "NOASSERTION";

    /// <summary>An SPDX expression; <see cref="Unknown"/> when the package names a file
    /// or an address instead, or is not there.</summary>
    /// <param name="packages">NuGet's folder of packages.</param>
    public static string Of(string packages, LockedPackage package)
    {
        var name = package.Name.ToLowerInvariant();
        var file = Path.Combine(packages, name, package.Version, $"{name}.nuspec");
        if (!File.Exists(file)) return Unknown;

        var declared = XDocument.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return declared?.Attribute("type")?.Value == "expression" ? declared.Value : Unknown;
    }
}
