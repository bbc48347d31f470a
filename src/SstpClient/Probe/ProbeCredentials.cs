namespace SstpClient.Probe;

/// <summary>For a probe's log-in. A class of its own without a text form,
/// so that no log shows the password by accident.</summary>
public sealed class ProbeCredentials(string userName, string password)
{
    public string UserName { get; } = userName;

    public string Password { get; } = password;
}
