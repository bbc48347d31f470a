namespace KubectlSstp.Doctor.Facts;

/// <summary>Why a call came to nothing, as a gateway's log tells it.</summary>
internal enum FailureClass
{
    WrongPassword,
    UnknownUser,
    WrongCode,
    Disabled,
    Expired,
    HeldBack,

    /// <summary>The user's entry cannot serve the method that was used.</summary>
    UnsuitableMethod,

    /// <summary>Client and gateway allow no method in common.</summary>
    NoCommonMethod,

    /// <summary>The end of TLS is not the end of PPP (MS-SSTP 3.3.5.2.3).</summary>
    BindingFailed,

    AddressesExhausted,
    TooManyCalls,
    OtherRefusal,
    GatewayRefuses,

    /// <summary>A step of the negotiation took too long, or found no common ground.</summary>
    NegotiationFailed,

    /// <summary>The client hung up over the certificate that it was shown.</summary>
    CertificateRefused,

    /// <summary>The connection ended before SSTP began, by whatever it was.</summary>
    LeftBeforeSstp,

    /// <summary>The call ended before anybody was named, as health checks do.</summary>
    LeftBeforeLogIn,
}
