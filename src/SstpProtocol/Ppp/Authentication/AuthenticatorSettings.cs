namespace SstpProtocol.Ppp.Authentication;

/// <summary>How patient the authenticators are. One object serves all calls.</summary>
public sealed record AuthenticatorSettings
{
    /// <summary>The Name field of challenges. Peers use it at most to pick a secret.
    /// Default "sstp"; 1 to 64 ASCII characters.</summary>
    public string ServerName { get; init; } = "sstp";

    /// <summary>How long a CHAP challenge or EAP request may stay unanswered before it is sent again.
    /// Default 3 s (RFC 1661 4.6).</summary>
    public TimeSpan RetransmitAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Times an unanswered packet is sent again before the peer counts as gone.
    /// Default 5 (RFC 3748 4.3 suggests 3 to 5).</summary>
    public int MaxRetransmissions { get; init; } = 5;

    /// <summary>How long a PAP peer may take to speak. Default 30 s, what pppd allows.</summary>
    public TimeSpan FirstRequestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Further tries an MS-CHAPv2 peer gets on one link (R=1), where the verdict allows one.
    /// Default 2; 0 for none.</summary>
    public int MaxMsChapRetries { get; init; } = 2;

    /// <summary>How long a user may take to correct a password after R=1. Default 60 s,
    /// as the client's own call timer (MS-SSTP 3.2.2).</summary>
    public TimeSpan RetryWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long EAP-Failure waits for the peer to acknowledge the method's own refusal. Default 1 s: Windows may go without an
    /// answer (MS-CHAP 3.2.5.4), and a user should not wait for it.
    /// </summary>
    public TimeSpan RefusalAnswerWait { get; init; } = TimeSpan.FromSeconds(1);
}
