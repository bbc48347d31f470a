using System.Globalization;
using System.Text;
using Operator.Gateways.Profiles.Texts;

namespace KubectlSstp.Tests.Profiles;

/// <summary>Each quoting against a reader written here after the language's own description:
/// what comes out is what went in, and nothing follows it.</summary>
public class QuotingTests
{
    [Fact]
    public void PowerShell_reads_back_what_was_quoted()
    {
        foreach (var text in OddTexts.All(2000)) Assert.Equal(text, ReadPowerShell(PowerShellText.Quote(text)));
    }

    [Fact]
    public void Pppd_reads_back_what_was_quoted()
    {
        foreach (var text in OddTexts.All(2000)) Assert.Equal(text, ReadPpp(PppText.Quote(text)));
    }

    [Fact]
    public void RouterOs_reads_back_what_was_quoted()
    {
        foreach (var text in OddTexts.All(2000)) Assert.Equal(text, ReadRouterOs(RouterOsText.Quote(text)));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a]b")]
    public void What_a_phone_book_cannot_hold_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => PhoneBookText.Plain(text));

    /// <summary>about_Quoting_Rules: in a verbatim string two quotes stand for one,
    /// and any of the five characters is such a quote.</summary>
    private static string ReadPowerShell(string word)
    {
        Assert.Equal('\'', word[0]);
        var text = new StringBuilder();
        for (var i = 1; ; i++)
        {
            if ("'‘’‚‛".Contains(word[i], StringComparison.Ordinal))
            {
                if (i == word.Length - 1) return text.ToString();
                Assert.True("'‘’‚‛".Contains(word[i + 1], StringComparison.Ordinal), $"{word} ends at {i}");
                i++;
            }
            text.Append(word[i]);
        }
    }

    /// <summary>pppd(8), Options files: a backslash takes the next character as it is, also between quotes.</summary>
    private static string ReadPpp(string word)
    {
        Assert.Equal('"', word[0]);
        var text = new StringBuilder();
        for (var i = 1; ; i++)
        {
            if (word[i] == '"')
            {
                Assert.Equal(word.Length - 1, i);
                return text.ToString();
            }
            if (word[i] == '\\') i++;
            text.Append(word[i]);
        }
    }

    /// <summary>MikroTik, Scripting, constant escape sequences; of those only hexadecimal ones are written.</summary>
    private static string ReadRouterOs(string word)
    {
        Assert.Equal('"', word[0]);
        var octets = new List<byte>();
        for (var i = 1; ; i++)
        {
            if (word[i] == '"')
            {
                Assert.Equal(word.Length - 1, i);
                return Encoding.UTF8.GetString([.. octets]);
            }
            Assert.DoesNotContain(word[i], "$?`;{}[]() #'");
            if (word[i] == '\\')
            {
                octets.Add(byte.Parse(word.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                octets.Add((byte)word[i]);
            }
        }
    }
}
