namespace KubectlSstp.Doctor.Facts;

/// <summary>How a user's entry stands.</summary>
internal enum AccountState
{
    Usual,
    Disabled,
    Expired,
}
