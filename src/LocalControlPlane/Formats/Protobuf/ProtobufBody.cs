using System.Text;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Formats.Protobuf;

/// <summary>Reads an object in Kubernetes' protobuf form: four bytes, then a message that says what kind is in it.</summary>
internal static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Reads an object into the JSON that a client would have sent in its place.
    /// Total: any bytes give an object or a problem.</summary>
    /// <param name="problem">What is wrong, to follow "the object provided is unrecognized: ".</param>
    public static bool TryRead(ReadOnlySpan<byte> body, out JsonObject result, out string problem)
    {
        result = [];
        if (!body.StartsWith(Magic))
        {
            problem = "it does not begin as Kubernetes' protobuf form does";
            return false;
        }

        if (!TryReadEnvelope(body[Magic.Length..], out var apiVersion, out var kind, out var raw, out var rawType))
        {
            problem = "its envelope is not valid protobuf";
            return false;
        }

        // What a client cannot put into protobuf it puts into the envelope as JSON.
        if (rawType == "application/json") return TryReadJson(raw, out result, out problem);

        if (FieldTable.Default.MessageOf(apiVersion, kind) is not { } message)
        {
            problem = $"{kind} of {apiVersion} is not known here in protobuf; send JSON";
            return false;
        }

        result["apiVersion"] = apiVersion;
        result["kind"] = kind;
        var reader = new MessageReader(FieldTable.Default);
        if (reader.TryRead(message, raw, result)) problem = "";
        else problem = $"{kind}{reader.Where} is not valid protobuf";
        return problem.Length == 0;
    }

    /// <summary>UTF-8, or not at all.</summary>
    public static bool TryReadText(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return false;
        text = Strict.GetString(bytes);
        return true;
    }

    /// <summary>runtime.Unknown: a type's name, its bytes, their encoding and media type.</summary>
    private static bool TryReadEnvelope(
        ReadOnlySpan<byte> bytes, out string apiVersion, out string kind, out ReadOnlySpan<byte> raw, out string rawType)
    {
        (apiVersion, kind, rawType) = ("", "", "");
        raw = default;
        var envelope = new WireReader(bytes);
        while (!envelope.IsAtEnd)
        {
            if (!envelope.TryRead(out var number, out var type, out _, out var content)) return false;
            if (type != WireType.Length) continue;
            switch (number)
            {
                case 1 when !TryReadTypeName(content, ref apiVersion, ref kind):
                    return false;
                case 2:
                    raw = content;
                    break;
                case 3 when !content.IsEmpty:
                    return false; // Compressed within: no client does that.
                case 4 when !TryReadText(content, out rawType):
                    return false;
                default:
                    break;
            }
        }

        return true;
    }

    private static bool TryReadTypeName(ReadOnlySpan<byte> bytes, ref string apiVersion, ref string kind)
    {
        var name = new WireReader(bytes);
        while (!name.IsAtEnd)
        {
            if (!name.TryRead(out var number, out var type, out _, out var content)) return false;
            if (type != WireType.Length) continue;
            if (!TryReadText(content, out var text)) return false;
            if (number == 1) apiVersion = text;
            else if (number == 2) kind = text;
        }

        return true;
    }

    private static bool TryReadJson(ReadOnlySpan<byte> raw, out JsonObject result, out string problem)
    {
        result = [];
        problem = "";
        try
        {
            if (JsonBody.Read(raw, out _) is JsonObject read)
            {
                result = read;
                return true;
            }

            problem = "it is not an object";
        }
        catch (System.Text.Json.JsonException e)
        {
            problem = e.Message;
        }

        return false;
    }
}
