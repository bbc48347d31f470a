using System.Net;
using KubeApi.Client;
using KubeApi.Credentials;
using KubectlSstp.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Gateways.Desk;

namespace KubectlSstp.Tests.Cluster;

/// <summary>The plugin's side of the desk (docs/adr/0071-desk.md): what it writes,
/// what it leaves, and what it does not touch.</summary>
public class GatewayDeskTests
{
    [Fact]
    public async Task What_was_asked_is_answered_and_nothing_is_left_behind()
    {
        using var api = new DeskApi { Secret = DeskApi.Desk(), OnRequest = Reply };

        var answer = await AskAsync(api);

        Assert.Equal(3, answer.Omitted);
        Assert.Equal(["kept"], api.Secret!["data"]!.AsObject().Select(entry => entry.Key));
    }

    [Theory]
    [InlineData("Opaque", "office")]
    [InlineData("vpn.sstp-operator.dev/desk", "lab")]
    public async Task A_secret_of_somebody_else_is_not_written_to_and_named_as_the_cause(string type, string owner)
    {
        using var api = new DeskApi { Secret = DeskApi.Desk(type, owner) };

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync(api));

        Assert.Equal(0, api.Patches);
        Assert.Contains(
            "Secret vpn/office-desk is in the place of the desk of VpnGateway office and belongs to somebody else",
            refusal.Message, StringComparison.Ordinal);
        Assert.Contains("delete or rename", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_deleted_meanwhile_is_said_to_be()
    {
        using var api = new DeskApi { Secret = DeskApi.Desk(), OnRequest = (api, _) => api.Secret = null };

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync(api));

        Assert.Contains("was deleted meanwhile", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>It made room for later ones. That is no operator that does not run.</summary>
    [Fact]
    public async Task An_answer_that_went_before_it_was_fetched_is_said_to_have()
    {
        using var api = new DeskApi
        {
            Secret = DeskApi.Desk(), OnRequest = (api, request) => api.Secret!["data"]!.AsObject().Remove(request),
        };

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync(api));

        Assert.Contains("Ask again", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_come_into_the_desks_place_is_left_as_it_is()
    {
        var other = DeskApi.Desk("Opaque", uid: "uid-2");
        using var api = new DeskApi { Secret = DeskApi.Desk(), OnRequest = (api, _) => api.Secret = other };

        await Assert.ThrowsAsync<RefusedException>(() => AskAsync(api));

        Assert.Equal(["kept"], other["data"]!.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public async Task Whoever_may_not_is_told_which_right_is_missing()
    {
        using var api = new DeskApi { Refusal = HttpStatusCode.Forbidden };

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync(api));

        Assert.Contains("get and patch on Secret office-desk", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_gateway_has_is_said_to_be_none()
    {
        using var api = new DeskApi();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync(api));

        Assert.StartsWith("There is no VpnGateway office in namespace vpn.", refusal.Message, StringComparison.Ordinal);
    }

    private static void Reply(DeskApi api, string request)
    {
        var data = api.Secret!["data"]!.AsObject();
        data.Remove(request);
        data[DeskFormat.AnswerKey(request[DeskFormat.RequestPrefix.Length..])] = Convert.ToBase64String(
            DeskFormat.Write(new DeskAnswer { Omitted = 3 }));
    }

    private static async Task<DeskAnswer> AskAsync(DeskApi api)
    {
        var client = new KubeClient(
            new ClusterAccess { Server = new Uri("http://in-memory") }, new KubeClientOptions { UserAgent = "tests" },
            TimeProvider.System, NullLogger<KubeClient>.Instance, api);
        using var session = new ClusterSession(client, "vpn");
        return await new GatewayDesk(session, "office", TimeProvider.System)
            .AskAsync(new DeskRequest { List = new CallFilter() }, CancellationToken.None);
    }
}
