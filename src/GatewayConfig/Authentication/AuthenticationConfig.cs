namespace GatewayConfig.Authentication;

/// <summary>How users prove who they are. Follows a reload for new calls;
/// users removed from the file keep running calls.</summary>
public sealed record AuthenticationConfig
{
    /// <summary>Offered in this order. Default EAP-MSCHAPv2 (what Windows proposes) then MS-CHAPv2.</summary>
    public IReadOnlyList<MethodName> Methods { get; init; } = [MethodName.EapMsChapV2, MethodName.MsChapV2];

    /// <summary>The YAML file with local users; re-read when it changes.</summary>
    public string? UsersFile { get; init; }

    public LockoutConfig Lockout { get; init; } = new();
}
