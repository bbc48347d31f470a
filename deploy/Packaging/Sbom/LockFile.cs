using System.Text.Json;

namespace Packaging.Sbom;

/// <summary>Reads packages.lock.json.</summary>
public static class LockFile
{
    /// <summary>Every package, direct or not, of every target; projects of this repository are left out.</summary>
    public static IReadOnlyList<LockedPackage> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("dependencies").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(package => package.Value.TryGetProperty("contentHash", out _))
                .Select(package => new LockedPackage(
                    package.Name,
                    package.Value.GetProperty("resolved").GetString()!,
                    package.Value.GetProperty("contentHash").GetString()!))
                .Distinct().OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
