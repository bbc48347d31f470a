namespace Operator.Tests.Tracing;

/// <summary>A span as it came over the wire (opentelemetry/proto/trace/v1/trace.proto).</summary>
/// <param name="IsError">Its status code is STATUS_CODE_ERROR.</param>
internal sealed record ReceivedSpan(
    string Service, string Scope, string Name, string Id, string Parent,
    IReadOnlyDictionary<string, string> Attributes, bool IsError)
{
    public static IEnumerable<ReceivedSpan> Decode(ReadOnlyMemory<byte> exportRequest) =>
        from resourceSpans in Messages(exportRequest, 1)
        let service = KeyValues(Messages(resourceSpans, 1).Single(), 1).GetValueOrDefault("service.name", "")
        from scopeSpans in Messages(resourceSpans, 2)
        let scope = Texts(Messages(scopeSpans, 1).Single(), 1).Single()
        from span in Messages(scopeSpans, 2)
        select new ReceivedSpan(
            service, scope, Texts(span, 5).Single(), Hex(span, 2), Hex(span, 4), KeyValues(span, 9),
            Messages(span, 15).SelectMany(ProtobufField.Read).Any(field => field is { Number: 3, Value: 2 }));

    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int number) =>
        ProtobufField.Read(message).Where(field => field.Number == number).Select(field => field.Content);

    private static IEnumerable<string> Texts(ReadOnlyMemory<byte> message, int number) =>
        ProtobufField.Read(message).Where(field => field.Number == number).Select(field => field.Text);

    private static string Hex(ReadOnlyMemory<byte> message, int number) =>
        Messages(message, number).Select(bytes => Convert.ToHexString(bytes.Span)).FirstOrDefault("");

    private static Dictionary<string, string> KeyValues(ReadOnlyMemory<byte> message, int number) =>
        Messages(message, number)
            .ToDictionary(pair => Texts(pair, 1).Single(), pair => Texts(Messages(pair, 2).Single(), 1).FirstOrDefault(""));
}
