namespace SstpProtocol.Ppp;

internal enum OptionVerdict
{
    Ack,

    /// <summary>Known, but with another value, which the judge has written down.</summary>
    Nak,

    /// <summary>Unknown, unwanted or malformed.</summary>
    Reject,
}
