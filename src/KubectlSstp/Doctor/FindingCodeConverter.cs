using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubectlSstp.Doctor;

/// <summary><see cref="FindingCode.NameOldAddress"/> is "name-old-address".</summary>
internal sealed class FindingCodeConverter() : JsonStringEnumConverter<FindingCode>(JsonNamingPolicy.KebabCaseLower)
{
    public static string Text(FindingCode code) => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString());
}
