namespace Operator.Gateways.Profiles;

/// <summary>What a profile is for.</summary>
public enum ClientPlatform
{
    Windows,
    Linux,
    Android,
    RouterOs,
    MacOs,
    Ios,
}
