using System.Xml.Linq;

namespace Packaging;

/// <summary>The one place a version is written: VersionPrefix in Directory.Build.props.</summary>
public static class ProductVersion
{
    /// <param name="repository">The root of the repository.</param>
    /// <exception cref="InvalidDataException">The property is not there.</exception>
    public static string Read(string repository)
    {
        var file = Path.Combine(repository, "Directory.Build.props");
        return XDocument.Load(file).Descendants("VersionPrefix").FirstOrDefault()?.Value
            ?? throw new InvalidDataException($"{file} has no VersionPrefix");
    }
}
