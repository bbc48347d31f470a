using System.Text.Json.Serialization;

namespace Operator.Certificates.Acme.Wire;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(AcmeDirectory))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Authorization))]
[JsonSerializable(typeof(Challenge))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RenewalInfo))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(AccountUpdate))]
[JsonSerializable(typeof(NewOrder))]
[JsonSerializable(typeof(FinalizeRequest))]
[JsonSerializable(typeof(KeyChange))]
[JsonSerializable(typeof(Revocation))]
[JsonSerializable(typeof(AuthorizationUpdate))]
internal sealed partial class AcmeJson : JsonSerializerContext;
