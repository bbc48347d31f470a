using Xunit;

namespace TestSupport.Golden;

/// <summary>A file with what is expected, kept beside the test that compares with it.</summary>
/// <remarks>With SSTP_REWRITE_GOLDEN=1 in the environment the file is written instead,
/// to be read in the diff before it is committed.</remarks>
public static class GoldenFile
{
    /// <summary>Fails, and shows where, when <paramref name="actual"/> is not what the file holds.</summary>
    /// <param name="path">An absolute path in the source tree.</param>
    public static void Compare(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("SSTP_REWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; run the test with SSTP_REWRITE_GOLDEN=1 to write it");
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: false);
    }
}
