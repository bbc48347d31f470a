using System.Runtime.InteropServices;

namespace SstpTransport.Linux;

/// <summary>The kernel refused something the program cannot do without.</summary>
/// <remarks>The message says what was tried, the kernel's own words, and what to do about it where that is known.</remarks>
public sealed class SystemCallException : IOException
{
    internal SystemCallException(string attempt, int errorNumber, string? advice = null)
        : base(Describe(attempt, errorNumber, advice)) => Number = errorNumber;

    /// <summary>The errno value.</summary>
    public int Number { get; }

    /// <summary>True when the kernel said EPERM or EACCES.</summary>
    public bool IsLackOfRights => Number is ErrorNumber.NotPermitted or ErrorNumber.AccessDenied;

    internal static SystemCallException FromLastError(string attempt, string? advice = null) =>
        new(attempt, Marshal.GetLastPInvokeError(), advice);

    private static string Describe(string attempt, int errorNumber, string? advice)
    {
        advice ??= errorNumber == ErrorNumber.NotPermitted ? "The process needs the capability CAP_NET_ADMIN." : null;
        var text = $"{attempt}: {Marshal.GetPInvokeErrorMessage(errorNumber)} (errno {errorNumber})";
        return advice is null ? text : $"{text}. {advice}";
    }
}
