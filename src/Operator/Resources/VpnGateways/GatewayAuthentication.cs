using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>How users prove who they are.</summary>
public sealed record GatewayAuthentication
{
    /// <summary>Offered in this order. <c>ChapMd5</c> needs plain passwords in the users file;
    /// <c>Pap</c> is the one that can carry a TOTP code.</summary>
    [Length(1, 4), UniqueItems]
    public IReadOnlyList<AuthenticationMethod> Methods { get; init; } =
        [AuthenticationMethod.EapMsChapV2, AuthenticationMethod.MsChapV2];

    /// <summary>The Secret with local users; its key <c>users.yaml</c> holds the users file.
    /// Left out: nobody can log in.</summary>
    public SecretReference? UsersSecret { get; init; }

    /// <summary>What failed log-ins cost.</summary>
    public GatewayLockout Lockout { get; init; } = new();
}
