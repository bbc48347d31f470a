using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packaging.Sbom;

/// <summary>The bill of materials as SPDX 2.3 in JSON. Pure: the same parts, version and time give the same text.</summary>
public static class SpdxDocument
{
    private const string Creator = "Organization: The sstp-operator authors";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="made">The time that is written into it; for builds that can be repeated not that of the build.</param>
    /// <param name="runtime">Version of .NET's runtime that self-contained programs carry.</param>
    /// <param name="licence">An SPDX expression for a package.</param>
    public static string Write(
        string version, DateTimeOffset made, string runtime,
        IReadOnlyList<ProgramContent> programs, IReadOnlyList<LibraryInImage> libraries,
        Func<LockedPackage, string> licence)
    {
        var packages = new JsonArray();
        var relations = new JsonArray();
        foreach (var program in programs)
        {
            packages.Add(Package(program.Name, version, "Apache-2.0", null, null));
            relations.Add(Relation("SPDXRef-DOCUMENT", "DESCRIBES", Id(program.Name, version)));
            relations.Add(Relation(Id(program.Name, version), "DEPENDS_ON", Id("Microsoft.NETCore.App", runtime)));
            foreach (var package in program.Packages)
                relations.Add(Relation(Id(program.Name, version), "DEPENDS_ON", Id(package.Name, package.Version)));
        }

        packages.Add(Package(
            "Microsoft.NETCore.App", runtime, "MIT", null, $"pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@{runtime}"));
        foreach (var package in programs.SelectMany(program => program.Packages)
            .Distinct().OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase))
            packages.Add(Package(
                package.Name, package.Version, licence(package), package.ContentHash,
                $"pkg:nuget/{package.Name}@{package.Version}"));

        foreach (var (package, packageVersion) in libraries.Select(library => (library.Package, library.Version))
            .Distinct().Order())
            packages.Add(Package(
                package, packageVersion, PackageLicence.Unknown, null,
                $"pkg:deb/debian/{package}@{Uri.EscapeDataString(packageVersion)}"));
        foreach (var image in libraries.Select(library => library.Image).Distinct().Order(StringComparer.Ordinal))
        {
            packages.Add(Package($"{image}-image", version, PackageLicence.Unknown, null, null));
            relations.Add(Relation("SPDXRef-DOCUMENT", "DESCRIBES", Id($"{image}-image", version)));
            relations.Add(Relation(Id($"{image}-image", version), "CONTAINS", Id(image, version)));
        }
        foreach (var library in libraries)
            relations.Add(Relation(Id($"{library.Image}-image", version), "CONTAINS", Id(library.Package, library.Version)));

        return new JsonObject
        {
            ["spdxVersion"] = "SPDX-2.3",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = "SPDXRef-DOCUMENT",
            ["name"] = $"sstp-operator-{version}",
            ["documentNamespace"] = $"https://sstp-operator.dev/spdx/sstp-operator-{version}-{made.ToUnixTimeSeconds()}",
            ["creationInfo"] = new JsonObject
            {
                ["created"] = made.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["creators"] = new JsonArray(Creator, "Tool: packaging"),
            },
            ["packages"] = packages,
            ["relationships"] = relations,
        }.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Package(string name, string version, string licence, string? contentHash, string? url)
    {
        var package = new JsonObject
        {
            ["SPDXID"] = Id(name, version),
            ["name"] = name,
            ["versionInfo"] = version,
            ["downloadLocation"] = PackageLicence.Unknown,
            ["filesAnalyzed"] = false,
            ["licenseConcluded"] = licence,
            ["licenseDeclared"] = licence,
            ["copyrightText"] = PackageLicence.Unknown,
        };
        if (contentHash is not null)
        {
            package["checksums"] = new JsonArray(new JsonObject
            {
                ["algorithm"] = "SHA512", ["checksumValue"] = Convert.ToHexStringLower(Convert.FromBase64String(contentHash)),
            });
        }
        if (url is not null)
        {
            package["externalRefs"] = new JsonArray(new JsonObject
            {
                ["referenceCategory"] = "PACKAGE-MANAGER", ["referenceType"] = "purl", ["referenceLocator"] = url,
            });
        }
        return package;
    }

    /// <summary>Letters, digits, dots and dashes are all that SPDX allows (clause 7.2).</summary>
    private static string Id(string name, string version) =>
        "SPDXRef-" + string.Concat($"{name}-{version}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));

    private static JsonObject Relation(string from, string kind, string to) =>
        new() { ["spdxElementId"] = from, ["relationshipType"] = kind, ["relatedSpdxElement"] = to };
}
