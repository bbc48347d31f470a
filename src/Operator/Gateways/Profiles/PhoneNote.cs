using System.Text;

namespace Operator.Gateways.Profiles;

/// <summary>What to type into an app on a phone. No app takes a file or a code of another's making, so it is text,
/// short enough for a QR code to carry.</summary>
internal static class PhoneNote
{
    public static ProfileFile Android(ProfileSubject subject) =>
        new("android.txt", Write(subject, "Open SSTP Client (free, in the app stores)"));

    public static ProfileFile Ios(ProfileSubject subject) =>
        new(
            "ios.txt",
            Write(subject, "none is built in; an app of a third party, such as SSTP Connect, which was not tried by us"));

    private static string Write(ProfileSubject subject, string client)
    {
        var text = new StringBuilder();
        text.Append($"Client: {client}\n\n");
        text.Append($"Host: {subject.Hostname}\n");
        if (subject.Port != 443) text.Append($"Port: {subject.Port}\n");
        if (subject.User is { } user) text.Append($"Username: {user}\n");
        text.Append($"PPP authentication: {(subject.IsPapOnly ? "PAP" : "MS-CHAPv2")}\n");
        text.Append($"IPv6: {(subject.HasIpv6 ? "on" : "off")}\n");
        if (subject.AuthorityPem is not null)
            text.Append($"Certificate authority: install {ClientProfile.AuthorityFile} on the phone first\n");
        return text.ToString();
    }
}
