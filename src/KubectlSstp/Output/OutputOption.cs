using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubectlSstp.Output;

/// <summary><c>-o</c>, as kubectl has it.</summary>
internal sealed class OutputOption
{
    private const string Table = "table";
    private const string Wide = "wide";
    private const string Json = "json";

    private static readonly JsonSerializerOptions Style = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Default,
    };

    private readonly Option<string> _option;

    public OutputOption(bool hasWide)
    {
        string[] known = hasWide ? [Table, Wide, Json] : [Table, Json];
        _option = new Option<string>("--output", "-o")
        {
            Description = $"{string.Join(", ", known[..^1])} or {Json}.", DefaultValueFactory = _ => Table,
        };
        _option.AcceptOnlyFromAmong(known);
    }

    public Option<string> Option => _option;

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_option) == Json;

    public bool IsWide(ParseResult parsed) => parsed.GetValue(_option) == Wide;

    /// <summary>Writes a value for programs: camelCase names, times in UTC, stable from version to version.</summary>
    public static void WriteJson<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Style));
}
