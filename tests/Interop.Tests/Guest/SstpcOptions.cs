using Interop.Tests.Gateway;
using Interop.Tests.Network;

namespace Interop.Tests.Guest;

/// <summary>How a call from the guest is made.</summary>
public sealed record SstpcOptions
{
    public SstpcMethod Method { get; init; } = SstpcMethod.MsChapV2;

    public string User { get; init; } = GatewayFiles.User;

    public string Password { get; init; } = GatewayFiles.Password;

    /// <summary>"name" or "name:port".</summary>
    public string Server { get; init; } = Laboratory.GatewayName;

    /// <summary>pppd dials again whenever the line goes down.</summary>
    public bool Persist { get; init; }
}
