using Xunit;

namespace TestSupport.Prerequisites;

/// <summary>
/// A fact that needs root and other people's programs. Where one is missing it is skipped with the reason; under ./test
/// and in CI, which install them, nothing is skipped and the test fails instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    /// <param name="programs">Names looked up on the PATH and in the sbin folders, or absolute paths of files.</param>
    public RequiresFactAttribute(params string[] programs)
    {
        if (IsSet("CI") || IsSet("SSTP_TEST_LEDGER")) return;

        if (programs.FirstOrDefault(program => !Exists(program)) is { } missing)
            Skip = $"{missing} is not installed; ./test installs it";
        else if (!Environment.IsPrivilegedProcess) Skip = "needs root to make network namespaces; run ./test";
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    private static bool Exists(string program) =>
        Path.IsPathRooted(program)
            ? File.Exists(program)
            : (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin")
                .Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
