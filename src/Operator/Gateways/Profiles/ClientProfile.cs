namespace Operator.Gateways.Profiles;

/// <summary>How clients of each kind are set up for one gateway. docs/clients says
/// more about each, and which were tried.</summary>
public static class ClientProfile
{
    public const string AuthorityFile = "ca.pem";

    /// <summary>The files for one platform, the one to read first first.</summary>
    public static IReadOnlyList<ProfileFile> For(ClientPlatform platform, ProfileSubject subject)
    {
        IReadOnlyList<ProfileFile> files = platform switch
        {
            ClientPlatform.Windows => [WindowsScript.Write(subject), PhoneBook.Write(subject)],
            ClientPlatform.Linux => [NetworkManagerKeyfile.Write(subject), PppdPeer.Write(subject)],
            ClientPlatform.RouterOs => [RouterOsScript.Write(subject)],
            ClientPlatform.MacOs => [MacOsPeer.Write(subject)],
            ClientPlatform.Android => [PhoneNote.Android(subject)],
            ClientPlatform.Ios => [PhoneNote.Ios(subject)],
            _ => throw new ArgumentOutOfRangeException(nameof(platform), platform, "no such platform"),
        };
        return subject.AuthorityPem is { } pem ? [.. files, new ProfileFile(AuthorityFile, pem)] : files;
    }

    /// <summary>All files for everybody: what the ConfigMap holds, without a user and without a secret.</summary>
    public static IReadOnlyList<ProfileFile> All(ProfileSubject subject) =>
        [.. Enum.GetValues<ClientPlatform>().SelectMany(platform => For(platform, subject))
            .DistinctBy(file => file.Name).OrderBy(file => file.Name, StringComparer.Ordinal)];
}
