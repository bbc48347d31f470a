using System.Text.Json.Serialization;

namespace KubectlSstp.Doctor;

/// <summary>What is wrong, in one word for programs and for docs/troubleshooting.md, which has a section for each.</summary>
[JsonConverter(typeof(FindingCodeConverter))]
internal enum FindingCode
{
    OperatorSilent,
    OperatorBehind,
    GatewaysNotReady,
    GatewayNotReady,
    ClockDiffers,
    ProviderLockedOut,
    ProviderFailing,
    NameNotPublished,
    DoubleNat,
    RouterNoMapping,
    ZoneNotFound,
    NameServerSilent,
    NameMissing,
    NameOldAddress,
    ResolverOldAnswer,
    PortClosed,
    PortFiltered,
    HairpinNat,
    NotReachedOutside,
    TlsIntercepted,
    CertificateWrongName,
    CertificateExpired,
    CertificateChainIncomplete,
    CertificateUntrusted,
    CertificateExpiresSoon,
    TlsTooOld,
    TlsFails,
    NotSstp,
    SstpRefused,
    LoginRefused,
    UserLocked,
    AddressesExhausted,
    LoginFailures,
}
