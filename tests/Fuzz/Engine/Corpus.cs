using System.Globalization;
using TestSupport.Files;

namespace Fuzz.Engine;

/// <summary>
/// The inputs to begin with, in tests/vectors/fuzz: a folder a target. Files called valid-* must be accepted; others, such as
/// regression-*, are what once broke something or is allowed to be odd.
/// </summary>
public sealed class Corpus
{
    private Corpus(IReadOnlyList<(string File, byte[] Bytes)> seeds) => Seeds = seeds;

    public IReadOnlyList<(string File, byte[] Bytes)> Seeds { get; }

    public static string Folder(string target) => Path.Combine(Repository.Root, "tests", "vectors", "fuzz", target);

    public static Corpus Load(string target)
    {
        var files = Directory.GetFiles(Folder(target), "*.hex");
        Array.Sort(files, StringComparer.Ordinal);
        return new Corpus([.. files.Select(file => (Path.GetFileName(file), ReadHex(File.ReadAllText(file), file)))]);
    }

    /// <summary>Pairs of hexadecimal digits; white space between them,
    /// and the rest of a line from '#' on, do not count.</summary>
    private static byte[] ReadHex(string text, string file)
    {
        var digits = string.Concat(text.Split('\n').Select(line => line.Split('#')[0]))
            .Where(c => !char.IsWhiteSpace(c)).ToArray();
        try
        {
            return Convert.FromHexString(digits);
        }
        catch (FormatException e)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"{file} holds something that is no hexadecimal digit"), e);
        }
    }
}
