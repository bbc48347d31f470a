namespace KubectlSstp.Doctor.Facts;

/// <summary>Why a log-in failed, as a gateway's log tells it.</summary>
internal enum FailureClass
{
    WrongCredentials,
    Disabled,
    Expired,
    HeldBack,
    UnsuitableMethod,
    Other,
}
