using KubectlSstp.Doctor;
using TestSupport.Files;

namespace KubectlSstp.Tests.Doctor;

public class TroubleshootingPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "troubleshooting.md"));

    [Fact]
    public void Every_finding_has_its_section_and_every_section_its_finding() => Assert.Equal(
        Enum.GetValues<FindingCode>().Select(FindingCodeConverter.Text),
        Page.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]));

    [Fact]
    public void Every_section_says_what_to_do() =>
        Assert.Equal(
            Enum.GetValues<FindingCode>().Length, Page.Count(line => line.StartsWith("*What to do:*", StringComparison.Ordinal)));
}
