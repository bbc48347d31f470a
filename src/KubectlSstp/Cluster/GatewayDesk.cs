using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Objects;
using Operator.Gateways.Desk;
using Operator.Gateways.Planning;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Cluster;

/// <summary>Asks the operator about the live gateways, by the desk Secret of one VpnGateway.
/// Needs get and patch of that Secret and nothing else.</summary>
internal sealed class GatewayDesk(ClusterSession cluster, string gateway, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly ObjectKey _key = new(cluster.Namespace, GatewayNames.Desk(gateway));

    /// <exception cref="RefusedException">Nobody answers, the request makes no sense,
    /// or another Secret has the desk's name.</exception>
    public async Task<DeskAnswer> AskAsync(DeskRequest request, CancellationToken stopping)
    {
        var id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        var desk = await FindAsync(stopping).ConfigureAwait(false);
        await PutAsync(
            desk, new JsonObject { [DeskFormat.RequestKey(id)] = Convert.ToBase64String(DeskFormat.Write(request)) },
            stopping).ConfigureAwait(false);
        try
        {
            var answer = await FetchAsync(desk, id, stopping).ConfigureAwait(false);
            return answer.Problem is null ? answer : throw new RefusedException(answer.Problem);
        }
        finally
        {
            await TidyAsync(desk, id).ConfigureAwait(false);
        }
    }

    /// <summary>A Secret that a person made may hold anything: only one with the desk's own type,
    /// which nobody gives by accident, is written to.</summary>
    private async Task<string> FindAsync(CancellationToken stopping)
    {
        if (await ReadAsync(stopping).ConfigureAwait(false) is not { } secret)
        {
            // The name may be wrong, or the operator may not have come to this gateway yet; the first says so itself.
            await cluster.GatewayAsync(gateway, stopping).ConfigureAwait(false);
            throw new RefusedException(
                $"VpnGateway {gateway} has no desk (Secret {_key}) yet. The operator makes it: "
                + "is it running, and of this version or newer?");
        }
        return secret.Value.Type == GatewayNames.DeskSecretType
            && secret.Metadata.OwnerReferences.Any(owner => owner.Kind == VpnGateway.KindName && owner.Name == gateway)
            ? secret.Metadata.Uid
            : throw new RefusedException(
                $"Secret {_key} is in the place of the desk of VpnGateway {gateway} and belongs to somebody else, "
                + "so live calls cannot be asked for. Nothing was written into it; delete or rename one of the two.");
    }

    private async Task<DeskAnswer> FetchAsync(string desk, string id, CancellationToken stopping)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < Patience; await Task.Delay(Pause, time, stopping)
            .ConfigureAwait(false))
        {
            var secret = await ReadAsync(stopping).ConfigureAwait(false);
            if (secret?.Metadata.Uid != desk)
                throw new RefusedException(
                    $"The desk of VpnGateway {gateway} is gone: the gateway was deleted meanwhile. "
                    + "What was asked for was not done, or not answered.");
            var content = secret.Value.Find(DeskFormat.AnswerKey(id));
            if (content is not null && DeskFormat.ReadAnswer(content) is { } answer) return answer;
            // The operator takes the one away and puts the other there in one write.
            if (content is null && secret.Value.Find(DeskFormat.RequestKey(id)) is null)
                throw new RefusedException(
                    $"The operator answered, but the answer was gone from Secret {_key} before it could be fetched: more "
                    + $"than {DeskFormat.MaxAnswers} people ask at a time. "
                    + "Ask again; calls that were to end and did are said to be over.");
        }
        throw new RefusedException(
            $"The operator did not answer within {Patience.TotalSeconds:0} s. Is it running? kubectl get pods -n sstp-system; "
            + "on one host: systemctl status sstp-operator");
    }

    /// <summary>Whatever came of it, nothing is left behind that the operator would do later.</summary>
    private async Task TidyAsync(string desk, string id)
    {
        try
        {
            await PutAsync(
                desk, new JsonObject { [DeskFormat.RequestKey(id)] = null, [DeskFormat.AnswerKey(id)] = null },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RefusedException or KubeApiException or HttpRequestException or TimeoutException)
        {
            // Gone, or the cluster is: what is left is carried out or thrown away within a minute,
            // and the reason is told already.
            await Console.Error.WriteLineAsync($"The request could not be taken back from Secret {_key}: {e.Message}")
                .ConfigureAwait(false);
        }
    }

    private async Task<KubeObject<Secret>?> ReadAsync(CancellationToken stopping)
    {
        try
        {
            return await cluster.Client.GetAsync(BuiltIn.Secrets, _key, stopping).ConfigureAwait(false);
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            throw Forbidden(e);
        }
    }

    /// <param name="desk">Its uid: another Secret that has come into its place is not written to.</param>
    private async Task PutAsync(string desk, JsonObject data, CancellationToken stopping)
    {
        try
        {
            await cluster.Client.MergePatchAsync(
                BuiltIn.Secrets, _key, new JsonObject { ["metadata"] = new JsonObject { ["uid"] = desk }, ["data"] = data },
                stopping).ConfigureAwait(false);
        }
        catch (KubeApiException e) when (e.IsNotFound || e.IsConflict)
        {
            throw new RefusedException($"The desk of VpnGateway {gateway} is gone: the gateway was deleted meanwhile.");
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            throw Forbidden(e);
        }
    }

    private RefusedException Forbidden(KubeApiException e) => new(
        $"You may not use the desk of VpnGateway {gateway}: {e.Message.TrimEnd('.')}. "
        + $"Ask whoever runs the cluster for get and patch on Secret {_key.Name} (docs/kubectl-sstp.md has the Role).");
}
