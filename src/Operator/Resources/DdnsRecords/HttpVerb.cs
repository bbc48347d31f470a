using System.Text.Json.Serialization;

namespace Operator.Resources.DdnsRecords;

[JsonConverter(typeof(JsonStringEnumConverter<HttpVerb>))]
public enum HttpVerb
{
    Get,
    Post,
    Put,
}
