using System.Text;

namespace LocalControlPlane.Cel.Functions;

/// <summary>Text as an array of code points, which is what positions in the string functions count.</summary>
internal static class CodePoints
{
    public static int[] Of(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    public static string Text(ReadOnlySpan<int> points)
    {
        var text = new StringBuilder();
        foreach (var point in points) text.Append(new Rune(point).ToString());
        return text.ToString();
    }
}
