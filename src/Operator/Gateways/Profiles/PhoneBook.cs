using System.Text;
using Operator.Gateways.Profiles.Texts;

namespace Operator.Gateways.Profiles;

/// <summary>An entry of Windows' phone book, for machines that are set up by files: %APPDATA%\Microsoft\Network\Connections\Pbk.
/// Not tried on Windows.</summary>
internal static class PhoneBook
{
    // RASENTRY (ras.h): VpnStrategy VS_SstpOnly, Type RASET_Vpn, DataEncryption ET_Require or ET_Optional.
    private const int SstpOnly = 5;
    private const int Vpn = 2;
    private const int EncryptionRequired = 256;
    private const int EncryptionOptional = 8;

    // RASEO_RequireMsCHAP2 and RASEO_RequirePAP as the phone book's own flags.
    private const int MsChapV2 = 512;
    private const int Pap = 2;

    public static ProfileFile Write(ProfileSubject subject)
    {
        var entry = new StringBuilder();
        entry.Append($"[{PhoneBookText.Plain(subject.Name)}]\r\n");
        (string Key, string Value)[] fields =
        [
            ("Encoding", "1"), ("PBVersion", "4"), ("Type", $"{Vpn}"), ("VpnStrategy", $"{SstpOnly}"), ("ExcludedProtocols", "0"),
            ("DataEncryption", $"{(subject.IsPapOnly ? EncryptionOptional : EncryptionRequired)}"),
            ("AuthRestrictions", $"{(subject.IsPapOnly ? Pap : MsChapV2)}"),
            ("PreviewUserPw", "1"), ("CacheCredentials", "1"), ("IpPrioritizeRemote", subject.DefaultRoute ? "1" : "0"),
            ("Ipv6PrioritizeRemote", subject.DefaultRoute ? "1" : "0"),
            ("IpDnsSuffix", PhoneBookText.Plain(subject.SearchDomains is [var first, ..] ? first : "")),
            ("NumRoutes", "0"), ("MEDIA", "rastapi"), ("Port", "VPN0-0"), ("Device", "WAN Miniport (SSTP)"), ("DEVICE", "vpn"),
            ("PhoneNumber", PhoneBookText.Plain(subject.Server)),
        ];
        foreach (var (key, value) in fields) entry.Append($"{key}={value}\r\n");
        return new ProfileFile("rasphone.pbk", entry.ToString());
    }
}
