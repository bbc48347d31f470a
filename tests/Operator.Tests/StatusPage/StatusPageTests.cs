using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;
using Operator.StatusPage;
using TestSupport.Files;
using TestSupport.Golden;

namespace Operator.Tests.StatusPage;

public class StatusPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_page_is_the_one_that_was_looked_at() =>
        GoldenFile.Compare(
            Path.Combine(Repository.Root, "tests", "Operator.Tests", "StatusPage", "page.html"), StatusPageHtml.Render(Sample()));

    [Fact]
    public void An_empty_host_says_so()
    {
        var page = StatusPageHtml.Render(new StatusPageModel([], [], [], "1.0", Now));

        Assert.Equal(4, page.Split("None.").Length - 1);
    }

    [Fact]
    public void The_first_line_says_how_all_of_it_stands()
    {
        Assert.Contains(
            "37 calls on 2 gateways, 1 name, 1 certificate: 1 of 4 not ready",
            StatusPageHtml.Render(Sample()), StringComparison.Ordinal);
        Assert.Contains(
            "nothing to look after yet",
            StatusPageHtml.Render(new StatusPageModel([], [], [], "1.0", Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_from_an_object_cannot_write_marks()
    {
        var gateway = new VpnGateway
        {
            Metadata = Meta("<script>alert(1)</script>"), Spec = new() { Hostname = "\"><img src=x>" },
        };

        var page = StatusPageHtml.Render(new StatusPageModel([gateway], [], [], "1.0", Now));

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("being deleted", true, true, "True", "False", 1)]
    [InlineData("paused", false, true, "True", "False", 1)]
    [InlineData("needs you", false, false, "True", "True", 1)]
    [InlineData("not looked at yet", false, false, "True", "False", 2)]
    [InlineData("ready", false, false, "True", "False", 1)]
    [InlineData("not ready", false, false, "False", "False", 1)]
    [InlineData("unknown", false, false, "Unknown", "False", 1)]
    public void The_state_is_one_word(string word, bool deleting, bool paused, string ready, string stalled, long generation)
    {
        var metadata = Meta("office") with
        {
            Generation = generation,
            DeletionTimestamp = deleting ? Now : null,
            Annotations = paused
                ? new Dictionary<string, string> { [ApiGroup.PausedAnnotation] = "true" }
                : new Dictionary<string, string>(),
        };
        var status = new VpnGatewayStatus
        {
            ObservedGeneration = 1,
            Conditions =
            [
                Condition("Ready", Enum.Parse<ConditionStatus>(ready), "R"),
                Condition("Stalled", Enum.Parse<ConditionStatus>(stalled), "S"),
            ],
        };

        var page = StatusPageHtml.Render(
            new StatusPageModel([new VpnGateway { Metadata = metadata, Status = status }], [], [], "1.0", Now));

        Assert.Contains($"\">{word}</span>", page, StringComparison.Ordinal);
    }

    // WCAG 2.1, 1.4.3: 4.5 to 1 for text of this size.
    [Theory]
    [InlineData("#17202b", "#ffffff")] // text on a card, light
    [InlineData("#17202b", "#f3f5f8")] // on the page
    [InlineData("#5f6b7c", "#ffffff")] // small print on a card
    [InlineData("#5f6b7c", "#f3f5f8")] // and on the page
    [InlineData("#e6ebf1", "#18202a")] // text on a card, dark
    [InlineData("#93a1b3", "#18202a")]
    [InlineData("#93a1b3", "#10161d")]
    [InlineData("#0c5a2c", "#d8f3e1")] // good
    [InlineData("#6b4a00", "#fdeecb")] // busy
    [InlineData("#8a1414", "#fbdcdc")] // bad
    public void Text_stands_out_enough(string text, string back)
    {
        var page = StatusPageHtml.Render(Sample());
        Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Contains(back, page, StringComparison.Ordinal);

        Assert.InRange(Contrast(text, back), 4.5, 21);
    }

    [Fact]
    public void Those_who_do_not_see_it_can_find_their_way()
    {
        var page = StatusPageHtml.Render(Sample());

        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<main>", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("<h1>").Length - 1);
        Assert.Equal(page.Split("<table ").Length, page.Split("<section aria-labelledby=").Length);
        Assert.Equal(page.Split("<table ").Length, page.Split(" tabindex=\"0\" role=\"region\" aria-labelledby=").Length);
        // On a narrow screen a cell stands without its column's head.
        Assert.DoesNotContain("<td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-title=\"\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<th>", page, StringComparison.Ordinal);
        // A state is a word, and not a colour alone.
        Assert.DoesNotContain("\"></span>", page, StringComparison.Ordinal);
    }

    private static double Contrast(string one, string other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var value = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    private static StatusPageModel Sample() => new(
        [
            new VpnGateway
            {
                Metadata = Meta("office"),
                Spec = new() { Hostname = "vpn.example.org" },
                Status = new VpnGatewayStatus
                {
                    ObservedGeneration = 1,
                    Summary = "2/2",
                    Calls = 37,
                    CertificateNotAfter = Now.AddDays(61),
                    Conditions = [Condition("Ready", ConditionStatus.True, "2 gateways serve vpn.example.org.")],
                    Gateways =
                    [
                        new GatewayEndpoint
                        {
                            Name = "office-7x2lp",
                            Node = "edge-1",
                            Address = "203.0.113.10",
                            Ready = true,
                            Version = "0.1.0",
                            Calls = 21,
                        },
                        new GatewayEndpoint
                        {
                            Name = "office-bq9fd",
                            Node = "edge-2",
                            Address = "203.0.113.11",
                            Ready = true,
                            Version = "0.1.0",
                            Calls = 16,
                        },
                    ],
                },
            },
            new VpnGateway
            {
                Metadata = Meta("branch"),
                Spec = new() { Hostname = "branch.example.org" },
                Status = new VpnGatewayStatus
                {
                    ObservedGeneration = 1,
                    Summary = "0/1",
                    Conditions = [Condition(
                        "Ready", ConditionStatus.False, "edge-3 has no /dev/net/tun: load the kernel module \"tun\" there.")],
                    Gateways =
                    [
                        new GatewayEndpoint
                        {
                            Name = "branch-2mzkd", Node = "edge-3", Address = "203.0.113.12", Message = "There is no TUN device.",
                        },
                    ],
                },
            },
        ],
        [
            new DdnsRecord
            {
                Metadata = Meta("office"),
                Spec = new() { Fqdn = "vpn.example.org" },
                Status = new DdnsRecordStatus
                {
                    ObservedGeneration = 1,
                    Published = ["203.0.113.10", "203.0.113.11"],
                    LastChange = Now.AddHours(-7),
                    Conditions = [Condition("Ready", ConditionStatus.True, "Published, and all 2 authoritative servers agree.")],
                },
            },
        ],
        [
            new SstpCertificate
            {
                Metadata = Meta("office"),
                Spec = new() { Names = ["vpn.example.org"] },
                Status = new SstpCertificateStatus
                {
                    ObservedGeneration = 1,
                    Issuer = "CN=R11, O=Let's Encrypt, C=US",
                    NotAfter = Now.AddDays(61),
                    RenewalTime = Now.AddDays(31),
                    Conditions = [Condition("Ready", ConditionStatus.True, "Valid, and served by every gateway.")],
                },
            },
        ],
        "0.1.0",
        Now);

    private static ResourceMetadata Meta(string name) => new() { Name = name, Namespace = "vpn", Generation = 1 };

    private static Condition Condition(string type, ConditionStatus status, string message) =>
        new()
        {
            Type = type, Status = status, Reason = "Test", Message = message, LastTransitionTime = Now, ObservedGeneration = 1,
        };
}
