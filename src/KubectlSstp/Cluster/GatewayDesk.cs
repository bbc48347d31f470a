using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Objects;
using Operator.Gateways.Desk;
using Operator.Gateways.Planning;

namespace KubectlSstp.Cluster;

/// <summary>Asks the operator about the live gateways, by the desk Secret of one VpnGateway. Needs get and patch of that Secret and nothing else.</summary>
internal sealed class GatewayDesk(ClusterSession cluster, string gateway, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly ObjectKey _key = new(cluster.Namespace, GatewayNames.Desk(gateway));

    /// <exception cref="RefusedException">Nobody answers, or the request makes no sense.</exception>
    public async Task<DeskAnswer> AskAsync(DeskRequest request, CancellationToken stopping)
    {
        var id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        await PutAsync(DeskFormat.RequestKey(id), Convert.ToBase64String(DeskFormat.Write(request)), stopping).ConfigureAwait(false);
        try
        {
            var answer = await FetchAsync(id, stopping).ConfigureAwait(false);
            return answer.Problem is null ? answer : throw new RefusedException(answer.Problem);
        }
        finally
        {
            // Whatever came of it, nothing is left behind that the operator would do later.
            await PutAsync(DeskFormat.RequestKey(id), null, CancellationToken.None).ConfigureAwait(false);
            await PutAsync(DeskFormat.AnswerKey(id), null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<DeskAnswer> FetchAsync(string id, CancellationToken stopping)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < Patience; await Task.Delay(Pause, time, stopping).ConfigureAwait(false))
        {
            var secret = await cluster.Client.GetAsync(BuiltIn.Secrets, _key, stopping).ConfigureAwait(false);
            if (secret?.Value.Find(DeskFormat.AnswerKey(id)) is { } content && DeskFormat.ReadAnswer(content) is { } answer) return answer;
        }
        throw new RefusedException(
            $"The operator did not answer within {Patience.TotalSeconds:0} s. Is it running? kubectl get pods -n sstp-system; on one host: systemctl status sstp-operator");
    }

    private async Task PutAsync(string key, string? content, CancellationToken stopping)
    {
        try
        {
            await cluster.Client.MergePatchAsync(
                BuiltIn.Secrets, _key, new JsonObject { ["data"] = new JsonObject { [key] = content } }, stopping).ConfigureAwait(false);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            // The name may be wrong, or the operator may not have come to this gateway yet; the first says so itself.
            await cluster.GatewayAsync(gateway, stopping).ConfigureAwait(false);
            throw new RefusedException(
                $"VpnGateway {gateway} has no desk (Secret {_key}) yet. The operator makes it: is it running, and of this version or newer?");
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            throw new RefusedException(
                $"You may not use the desk of VpnGateway {gateway}: {e.Message} Ask whoever runs the cluster for get and patch on Secret {_key.Name} (docs/kubectl-sstp.md has the Role).");
        }
    }
}
