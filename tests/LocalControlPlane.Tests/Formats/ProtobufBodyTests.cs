using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Formats.Protobuf;
using LocalControlPlane.Schemas;
using LocalControlPlane.Schemas.BuiltIn;

namespace LocalControlPlane.Tests.Formats;

/// <summary>Objects as typed clients send them. The bytes are written out by the encoding's own rules,
/// next to the reader and not by it.</summary>
public class ProtobufBodyTests
{
    public static TheoryData<string, string> Kinds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (apiVersion, kind) in FieldTable.Default.Kinds.Where(
                kind => BuiltInSchemas.Find(kind.ApiVersion, kind.Kind) is not null))
                data.Add(apiVersion, kind);
            return data;
        }
    }

    [Fact]
    public void A_secret_reads_as_its_JSON_would()
    {
        var secret = Message(1, Text(1, "s"), Text(2, ""), Text(3, "vpn"), Number(7, 0), Bytes(8), Entry(11, "team", Text(2, "")))
            .Concat(Entry(2, "users", Bytes(2, 0xFF, 0x00))).Concat(Text(3, "Opaque")).Concat(Number(5, 0));

        Assert.Equal(
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"vpn","labels":{"team":""}},"data":{"users":"/wA="},"type":"Opaque","immutable":false}""",
            Read("v1", "Secret", secret).ToJsonString());
    }

    [Fact]
    public void A_zero_counts_where_it_says_something()
    {
        // replicas is a pointer, and 0 is not nobody's wish; minReadySeconds is none.
        var spec = Number(1, 0).Concat(Number(5, 0)).Concat(Message(2));

        Assert.Equal("""{"replicas":0,"selector":{}}""", Read("apps/v1", "Deployment", Message(2, spec))["spec"]!.ToJsonString());
    }

    [Fact]
    public void Whole_numbers_times_and_ports_have_their_forms()
    {
        byte[] unavailable = Message(1, Number(1, 1), Number(2, 0), Text(3, "25%")),
            surge = Message(2, Number(1, 0), Number(2, 1), Text(3, ""));
        var deployment = Message(1, Text(1, "d"), Bytes(8, [.. Number(1, 1_700_000_000), .. Number(2, 5)]))
            .Concat(Message(2, Message(4, Message(2, unavailable, surge))));

        var read = Read("apps/v1", "Deployment", deployment);

        Assert.Equal("2023-11-14T22:13:20Z", (string?)read["metadata"]!["creationTimestamp"]);
        Assert.Equal("""{"rollingUpdate":{"maxUnavailable":"25%","maxSurge":1}}""", read["spec"]!["strategy"]!.ToJsonString());
    }

    [Fact]
    public void What_stands_in_the_place_of_its_parent_does_in_JSON()
    {
        // Volume: 1 name, 2 the source, whose 6 is a secret with 1 its name.
        var pod = Message(2, Message(1, Text(1, "keys"), Message(2, Message(6, Text(1, "tls")))));

        Assert.Equal(
            """[{"name":"keys","secret":{"secretName":"tls"}}]""", Read("v1", "Pod", pod)["spec"]!["volumes"]!.ToJsonString());
    }

    [Fact]
    public void A_message_that_comes_in_pieces_is_joined() =>
        Assert.Equal(
            """{"name":"s","labels":{"a":"1","b":"2"}}""",
            Read("v1", "Secret", [.. Message(1, Text(1, "s"), Entry(11, "a", Text(2, "1"))), .. Message(
                1, Entry(11, "b", Text(2, "2")))])["metadata"]!.ToJsonString());

    /// <summary>A body of the largest size in pieces of a few bytes. Work by the square of their
    /// number would not end within the run.</summary>
    [Fact]
    public void A_message_in_very_many_pieces_takes_work_by_their_number()
    {
        const int pieces = 200_000;
        var metadata = Enumerable.Range(0, pieces).SelectMany(i => Message(1, Entry(11, $"{i:x5}", [])));

        Assert.Equal(pieces, Read("v1", "Secret", metadata)["metadata"]!["labels"]!.AsObject().Count);
    }

    [Fact]
    public void JSON_in_the_envelope_is_read_as_such()
    {
        var body = Envelope("v1", "ConfigMap", Encoding.UTF8.GetBytes("""{"kind":"ConfigMap"}"""), "application/json");

        Assert.True(ProtobufBody.TryRead(body, out var read, out _));
        Assert.Equal("ConfigMap", (string?)read["kind"]);
    }

    [Fact]
    public void Fields_that_are_not_known_are_passed_over() =>
        Assert.Equal("x", (string?)Read("v1", "Secret", [.. Text(3, "x"), .. Text(4000, "later"), .. Number(4001, 7)])["type"]);

    [Theory, MemberData(nameof(Kinds))]
    public void The_table_names_the_fields_of_the_schema_and_no_others(string apiVersion, string kind)
    {
        var problems = new List<string>();
        Compare(
            kind,
            FieldTable.Default.MessageOf(apiVersion, kind)!,
            BuiltInSchemas.Find(apiVersion, kind)!,
            ["apiVersion", "kind"],
            problems,
            0);

        Assert.Empty(problems.Distinct());
    }

    [Fact]
    public void What_is_cut_off_is_refused_at_every_byte()
    {
        // What comes behind the object may be left out: two empty texts, of two bytes each.
        var body = Envelope("v1", "Secret", [.. Message(1, Text(1, "s")), .. Entry(2, "users", Bytes(2, 1, 2, 3))]);
        var whole = Enumerable.Range(0, body.Length - 4)
            .Count(length => ProtobufBody.TryRead(body.AsSpan(0, length), out var read, out _) && read["data"] is not null);

        Assert.Equal(0, whole);
    }

    /// <summary>A body comes from whoever is logged in, so whatever is in it ends in an object or in a problem.</summary>
    [Fact]
    public void Changed_bytes_end_in_an_object_or_a_problem()
    {
        byte[] pod = [.. Message(1, Text(1, "p"), Bytes(8, [.. Number(1, 1_700_000_000)]), Entry(11, "a", Text(2, "b"))),
            .. Message(
                2,
                Message(1, Text(1, "keys"), Message(2, Message(6, Text(1, "tls")))),
                Message(2, Text(1, "c"), Message(8, Entry(1, "cpu", Message(2, Text(1, "1"))))))];
        byte[][] seeds =
        [
            Envelope("v1", "Pod", pod),
            Envelope("v1", "Secret", [.. Message(1, Text(1, "s")), .. Entry(2, "users", Bytes(2, 1, 2, 3)), .. Number(5, 1)]),
            Envelope(
                "apps/v1", "Deployment",
                Message(2, Number(1, 0), Message(4, Message(2, Message(1, Number(1, 1), Text(3, "25%")))))),
            Envelope(
                "authorization.k8s.io/v1", "SubjectAccessReview",
                Message(2, Text(3, "u"), Entry(5, "k", Message(2, Text(1, "v"))))),
        ];
        var random = new Random(20261125);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 40_000; i++)
        {
            var body = (byte[])seeds[i % seeds.Length].Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--) body[random.Next(body.Length)] = (byte)random.Next(256);
            if (ProtobufBody.TryRead(
                body.AsSpan(0, random.Next(4) == 0 ? random.Next(body.Length) : body.Length), out _, out var problem))
                read++;
            else refused += problem.Length > 0 ? 1 : 0;
        }

        Assert.Equal(40_000, read + refused);
        Assert.InRange(read, 500, 39_500);
    }

    [Theory]
    [InlineData("v1", "Widget")]
    [InlineData("example.test/v1", "Secret")]
    public void A_kind_that_is_not_built_in_is_refused_with_what_to_do(string apiVersion, string kind)
    {
        Assert.False(ProtobufBody.TryRead(Envelope(apiVersion, kind, []), out _, out var problem));
        Assert.Equal($"{kind} of {apiVersion} is not known here in protobuf; send JSON", problem);
    }

    [Fact]
    public void A_field_of_another_type_is_refused_by_its_name()
    {
        Assert.False(ProtobufBody.TryRead(Envelope("v1", "Secret", Message(1, Number(1, 5))), out _, out var problem));
        Assert.Equal("Secret.metadata.name is not valid protobuf", problem);
    }

    private static void Compare(
        string path, string message, StructuralSchema schema, string[] implied, List<string> problems, int depth)
    {
        if (schema.PreservesUnknownFields || depth > 16) return;
        var fields = All(message).ToDictionary(field => field.Name);
        foreach (var missing in schema.Properties.Keys.Except(fields.Keys).Except(implied))
            problems.Add($"{path}.{missing} has no number");
        foreach (var surplus in fields.Keys.Except(schema.Properties.Keys))
            problems.Add($"{path}.{surplus} is not in the schema");
        foreach (var (name, field) in fields.Where(
            field => field.Value.Type == FieldType.Message && schema.Properties.ContainsKey(field.Key)))
        {
            var inner = schema.Properties[name];
            // One type of the schema stands for the conditions of all kinds, and has the fields of all.
            if (name == "conditions") continue;
            Compare($"{path}.{name}", field.Message, inner.Items ?? inner.AdditionalProperties ?? inner, [], problems, depth + 1);
        }
    }

    private static IEnumerable<Field> All(string message) =>
        FieldTable.Default.Fields(message).Values.SelectMany(field => field.IsInline ? All(field.Message) : [field]);

    private static JsonObject Read(string apiVersion, string kind, IEnumerable<byte> message)
    {
        Assert.True(ProtobufBody.TryRead(Envelope(apiVersion, kind, message), out var read, out var problem), problem);
        return read;
    }

    private static byte[] Envelope(string apiVersion, string kind, IEnumerable<byte> message, string contentType = "") =>
        [
            .. "k8s\0"u8, .. Message(1, Text(1, apiVersion), Text(2, kind)),
            .. Bytes(2, [.. message]), .. Text(3, ""), .. Text(4, contentType),
        ];

    private static byte[] Entry(int number, string key, byte[] value) => Message(number, Text(1, key), value);

    private static byte[] Message(int number, params IEnumerable<byte>[] fields) =>
        Bytes(number, [.. fields.SelectMany(field => field)]);

    private static byte[] Text(int number, string text) => Bytes(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int number, params byte[] content) =>
        [.. Varint((ulong)number << 3 | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int number, long value) => [.. Varint((ulong)number << 3), .. Varint((ulong)value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
