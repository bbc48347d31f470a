using System.Text.Json;
using SstpGateway.Tests.Support;

namespace SstpGateway.Tests.Decoy;

/// <summary>tests/vectors/nginx/exchanges.json, which says where it is from.</summary>
internal static class NginxVectors
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<NginxExchange> All { get; } = Load();

    private static List<NginxExchange> Load()
    {
        using var document = JsonDocument.Parse(RepositoryFiles.Read("tests/vectors/nginx/exchanges.json"));
        return document.RootElement.GetProperty("exchanges").Deserialize<List<NginxExchange>>(Options)!;
    }
}
