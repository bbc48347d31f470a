namespace SstpGateway.Tests.Deployment;

/// <summary>A fact that asks fail2ban itself. Tests do not install it: its package starts a service that bans.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Fail2banFactAttribute : FactAttribute
{
    public const string Program = "fail2ban-regex";

    public Fail2banFactAttribute()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(':').Any(folder => File.Exists(Path.Combine(folder, Program))))
            Skip = $"{Program} is not there; install fail2ban to run this";
    }
}
