using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using GatewayConfig.Channel;
using GatewayConfig.Yaml;
using TestSupport.Files;

namespace GatewayConfig.Tests.Channel;

/// <summary>What makes one version work with the one before and the one after it (ADR 28): of messages,
/// every field may be new to a reader, or missing.</summary>
public sealed class ContractTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly Message[] Messages =
    [
        Message.Of(Status(), ChannelJson.Default.GatewayStatus),
        Message.Of(new GatewayStatus { ChannelVersion = 1 }, ChannelJson.Default.GatewayStatus),
        Message.Of(
            new ConfigurationBundle
            {
                Revision = 7,
                Configuration = "hostname: vpn.example.org\n",
                Users = "users: []\n",
                Certificates = [new CertificatePem("chain", "key")],
            },
            ChannelJson.Default.ConfigurationBundle),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Messages.Length)];

    [Theory, MemberData(nameof(All))]
    public void Fields_of_a_later_version_change_nothing(int message)
    {
        var written = Messages[message].Written();
        var later = written.DeepClone();
        foreach (var part in Objects(later).ToList())
            part["aFieldOfTheNextVersion"] = new JsonObject { ["with"] = new JsonArray("content", 1) };

        // Maps hold names, so that a name more is content there.
        if (later["revocationLists"] is JsonObject lists) lists.Remove("aFieldOfTheNextVersion");

        Assert.Equal(written.ToJsonString(), Messages[message].ReadAndWritten(later).ToJsonString());
    }

    [Theory, MemberData(nameof(All))]
    public void Fields_that_an_earlier_version_does_not_send_have_defaults(int message)
    {
        var written = (JsonObject)Messages[message].Written();
        foreach (var (name, _) in written.ToList())
        {
            var earlier = (JsonObject)written.DeepClone();
            earlier.Remove(name);

            var read = (JsonObject)Messages[message].ReadAndWritten(earlier);

            foreach (var (other, value) in earlier) Assert.Equal(value?.ToJsonString(), read[other]?.ToJsonString());
        }
    }

    [Fact]
    public void The_file_of_the_operator_before_is_read_without_an_objection()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "vectors", "contract", "gateway.yaml"));

        Assert.True(GatewayConfigurationReader.TryRead(text, out var read, out var errors), string.Join('\n', errors));
        Assert.Equal("vpn.example.org", read.Hostname);
        Assert.Empty(new GatewayConfigurationValidator().Check(read));
    }

    private static GatewayStatus Status() => new()
    {
        ChannelVersion = 1,
        Capabilities = ChannelCapability.All,
        ProgramVersion = "0.1.0",
        StartedAt = Now,
        Configuration = new AppliedConfiguration
        {
            Revision = 7,
            IsPushed = true,
            Digest = "0123",
            UsersDigest = "4567",
            Users = 2,
            Since = Now,
            NeedRestart = ["network.mtu"],
        },
        Sessions = 3,
        Pools = new PoolReport(1021, 1018, 256, 255),
        Obstacles = ["It drains."],
        IsDraining = true,
        HttpChallenges = ["token"],
        TlsAlpnChallenges = ["vpn.example.org"],
        RevocationLists = new Dictionary<string, string> { ["office"] = "89ab" },
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Objects(field.Value)).Append(fields),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    private sealed record Message(Func<JsonNode> Written, Func<JsonNode, JsonNode> ReadAndWritten)
    {
        public static Message Of<T>(T value, JsonTypeInfo<T> type) => new(
            () => JsonSerializer.SerializeToNode(value, type)!,
            received => JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(received.ToJsonString(), type)!, type)!);
    }
}
