namespace SstpTransport.Nftables;

/// <summary>nftables refused a command, or is not there.</summary>
public sealed class NftablesException : IOException
{
    internal NftablesException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <param name="errorText">What libnftables printed: the kernel's reason, and the place in the command.</param>
    internal static NftablesException Refused(string errorText)
    {
        var text = $"nftables refused the gateway's rules: {errorText.Trim()}";
        var advice = errorText switch
        {
            _ when errorText.Contains("Operation not permitted", StringComparison.Ordinal) =>
                " The process needs the capability CAP_NET_ADMIN; a table of the same name may also belong "
                + "to another running gateway.",
            _ when errorText.Contains("Operation not supported", StringComparison.Ordinal) =>
                " The kernel lacks a part of nf_tables (nft_masq, nft_ct, nft_reject_inet) or is older than 5.12.",
            _ => "",
        };
        return new NftablesException(text + advice);
    }
}
