namespace SstpProtocol.Ppp;

/// <summary>The actions of RFC 1661 section 4.4. Those of one transition are carried out in the order of their bits.</summary>
[Flags]
public enum PppActions
{
    None = 0,

    /// <summary>This-Layer-Down.</summary>
    Tld = 1 << 0,

    /// <summary>Initialize-Restart-Count.</summary>
    Irc = 1 << 1,

    /// <summary>Zero-Restart-Count.</summary>
    Zrc = 1 << 2,

    /// <summary>Send-Configure-Request.</summary>
    Scr = 1 << 3,

    /// <summary>Send-Configure-Ack.</summary>
    Sca = 1 << 4,

    /// <summary>Send-Configure-Nak or -Reject.</summary>
    Scn = 1 << 5,

    /// <summary>Send-Terminate-Request.</summary>
    Str = 1 << 6,

    /// <summary>Send-Terminate-Ack.</summary>
    Sta = 1 << 7,

    /// <summary>Send-Code-Reject.</summary>
    Scj = 1 << 8,

    /// <summary>Send-Echo-Reply.</summary>
    Ser = 1 << 9,

    /// <summary>This-Layer-Up.</summary>
    Tlu = 1 << 10,

    /// <summary>This-Layer-Started.</summary>
    Tls = 1 << 11,

    /// <summary>This-Layer-Finished.</summary>
    Tlf = 1 << 12,
}
