using System.Text;

namespace KubectlSstp.Tests.Profiles;

/// <summary>Texts that break a quoting which forgot a character; always the same ones.</summary>
internal static class OddTexts
{
    private const string Special = "'\"`$\\{}()[]<>|&;#%^*?!~@=:,./ -_+‘’‚‛“”é漢🙂\u00A0";

    public static IEnumerable<string> All(int random)
    {
        foreach (var rune in Special.EnumerateRunes())
        {
            yield return rune.ToString();
            yield return $"a{rune}";
            yield return $"{rune}{rune}b{rune}";
        }
        foreach (var text in new[]
        {
            "$(reboot)", "`whoami`", "\\n", "\\\\", "'; Remove-Item x; '", "DOMAIN\\user", "a@b.example",
            "  two  blanks  ", "%USERNAME%", "\\s", "x\\",
        })
            yield return text;

        var dice = new Random(7);
        var runes = Special.EnumerateRunes().Concat("abcXYZ019".EnumerateRunes()).ToArray();
        for (var i = 0; i < random; i++)
        {
            var text = new StringBuilder();
            for (var length = dice.Next(1, 24); length > 0; length--) text.Append(runes[dice.Next(runes.Length)]);
            yield return text.ToString();
        }
    }
}
