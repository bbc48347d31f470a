namespace SstpGateway.Certificates;

/// <summary>Why a file of a pair could not be read.</summary>
/// <param name="IsAbsent">It does not exist, which is no fault while nothing has been issued yet.</param>
/// <param name="Problem">What is wrong and what to do, for a person.</param>
internal sealed record FileFault(bool IsAbsent, string Problem)
{
    public static FileFault Of(string file, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            new FileFault(true, $"{file} does not exist; a certificate needs both files of its pair"),
        UnauthorizedAccessException =>
            new FileFault(false, $"{file} may not be read by the gateway's user; give it the right to"),
        _ => new FileFault(false, $"{file} cannot be read: {e.Message.TrimEnd('.')}"),
    };
}
