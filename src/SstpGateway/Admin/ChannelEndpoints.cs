using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayConfig.Channel;
using GatewayConfig.Yaml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SstpGateway.Admin.Probing;
using SstpGateway.Challenges;

namespace SstpGateway.Admin;

/// <summary>The operator's side of administration; see <see cref="ChannelRoutes"/>. It is there over mutual TLS only:
/// whoever gives a gateway its users and keys has to be known.</summary>
internal sealed class ChannelEndpoints(ChannelServices services, ILogger logger)
{
    // A users file at its limit, escaped, beside a full configuration and 64 certificates.
    private const int MaxBundleLength = (2 * UsersReader.MaxLength) + (8 << 20);

    // The longest address with a port, quoted, for each of them.
    private const int MaxTargetsLength = ProbeTargets.Capacity * 64;

    private static readonly ChannelJson Json = ChannelJson.Default;

    public void Map(IEndpointRouteBuilder routes)
    {
        var channel = routes.MapGroup("").AddEndpointFilter(OverMutualTlsAsync);
        channel.MapGet(ChannelRoutes.Status, () => Answer(services.Status(), Json.GatewayStatus));
        channel.MapPut(ChannelRoutes.Bundle, (Delegate)PushAsync);
        channel.MapPut(ChannelRoutes.HttpChallenges + "/{token}", PutHttpChallengeAsync);
        channel.MapDelete(ChannelRoutes.HttpChallenges + "/{token}", DeleteHttpChallengeAsync);
        channel.MapPut(ChannelRoutes.TlsAlpnChallenges + "/{name}", PutTlsAlpnChallengeAsync);
        channel.MapDelete(ChannelRoutes.TlsAlpnChallenges + "/{name}", DeleteTlsAlpnChallenge);
        channel.MapPut(ChannelRoutes.RevocationLists + "/{name}", PublishAsync);
        channel.MapDelete(ChannelRoutes.RevocationLists + "/{name}", WithdrawAsync);
        channel.MapPut(ChannelRoutes.ProbeTargets, (Delegate)PutProbeTargetsAsync);
        channel.MapPost(ChannelRoutes.Probe, (Delegate)ProbeAsync);
    }

    private static ValueTask<object?> OverMutualTlsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<ITlsHandshakeFeature>() is not null
        && context.HttpContext.Connection.ClientCertificate is not null
            ? next(context)
            : ValueTask.FromResult<object?>(
                Problem("The channel is there over mutual TLS only (admin.tls).", StatusCodes.Status403Forbidden));

    private async Task<IResult> PushAsync(HttpContext context)
    {
        if (await ReadAsync(context, Json.ConfigurationBundle, MaxBundleLength).ConfigureAwait(false) is not { } bundle)
            return Unreadable;

        // Reading and checking a large bundle takes a while, and the lock with it.
        var result = await Task.Run(() => services.Bundles.Push(bundle)).ConfigureAwait(false);
        return Answer(
            result with { InForce = services.Status().Configuration },
            Json.PushResult,
            result.Verdict switch
            {
                PushVerdict.InForce => StatusCodes.Status200OK,
                PushVerdict.Stale => StatusCodes.Status409Conflict,
                _ => StatusCodes.Status422UnprocessableEntity,
            });
    }

    private async Task<IResult> PutHttpChallengeAsync(string token, HttpContext context)
    {
        var challenge = await ReadAsync(context, Json.HttpChallenge).ConfigureAwait(false);
        if (ChallengeInput.HttpProblem(token, challenge) is { } problem) return Problem(problem);
        if (!services.Challenges.TryPutHttp(token, challenge!.KeyAuthorization))
            return TooMany("challenges", ChallengeBook.Capacity);

        ChallengeLog.ChallengePut(logger, ChannelCapability.Http01, token);
        return Answer(await services.PlainHttp.AdjustAsync(context.RequestAborted).ConfigureAwait(false), Json.ServingReport);
    }

    private async Task<IResult> DeleteHttpChallengeAsync(string token, HttpContext context)
    {
        if (services.Challenges.TryFindHttp(token, out _)) ChallengeLog.ChallengeDeleted(logger, ChannelCapability.Http01, token);
        services.Challenges.RemoveHttp(token);
        await services.PlainHttp.AdjustAsync(context.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }

    private async Task<IResult> PutTlsAlpnChallengeAsync(string name, HttpContext context)
    {
        var challenge = await ReadAsync(context, Json.TlsAlpnChallenge).ConfigureAwait(false);
        if (ChallengeInput.TlsAlpnProblem(name, challenge, out var digest) is { } problem) return Problem(problem);
        if (!services.Challenges.TryPutTlsAlpn(name, digest)) return TooMany("challenges", ChallengeBook.Capacity);

        ChallengeLog.ChallengePut(logger, ChannelCapability.TlsAlpn01, name);
        return Answer(new ServingReport { IsServing = true, Addresses = services.CallAddresses }, Json.ServingReport);
    }

    private IResult DeleteTlsAlpnChallenge(string name)
    {
        if (services.Challenges.TryFindTlsAlpn(name, out _))
            ChallengeLog.ChallengeDeleted(logger, ChannelCapability.TlsAlpn01, name);
        services.Challenges.RemoveTlsAlpn(name);
        return Results.NoContent();
    }

    private async Task<IResult> PublishAsync(string name, HttpContext context)
    {
        if (!RevocationListPath.IsName(name))
            return Problem("the name has characters other than letters, digits, dot, hyphen and underscore, or too many");
        if (await ReadOctetsAsync(context, RevocationListPath.MaxListLength).ConfigureAwait(false) is not { Length: > 0 } list)
            return Problem($"the list is empty, or longer than {RevocationListPath.MaxListLength} bytes");
        if (!services.RevocationLists.TryPublish(name, list, out var notKept))
            return TooMany("revocation lists", RevocationLists.Capacity);

        var report = await services.PlainHttp.AdjustAsync(context.RequestAborted).ConfigureAwait(false);
        return Answer(
            notKept is null
                ? report
                : report with { Problem = $"{report.Problem} it will not be there after a restart: {notKept}".Trim() },
            Json.ServingReport);
    }

    private async Task<IResult> WithdrawAsync(string name, HttpContext context)
    {
        services.RevocationLists.Withdraw(name);
        await services.PlainHttp.AdjustAsync(context.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }

    private async Task<IResult> PutProbeTargetsAsync(HttpContext context)
    {
        if (await ReadAsync(context, Json.ProbeTargets, MaxTargetsLength).ConfigureAwait(false) is not { } targets)
            return Unreadable;
        return services.Probing.Replace(targets) is { } problem ? Problem(problem) : Results.NoContent();
    }

    private async Task<IResult> ProbeAsync(HttpContext context)
    {
        if (await ReadAsync(context, Json.ProbeRequest).ConfigureAwait(false) is not { } request) return Unreadable;
        if (HostProbe.Problem(request) is { } problem) return Problem(problem);
        using var place = services.Probing.TryEnter(request, out var refusal);
        return place is null
            ? Problem(refusal!.Message, refusal.IsForNow ? StatusCodes.Status429TooManyRequests : StatusCodes.Status403Forbidden)
            : Answer(
                await new HostProbe(services.Probing).LookAsync(request, context.RequestAborted).ConfigureAwait(false),
                Json.ProbeResult);
    }

    private static IResult Unreadable => Problem("the body is not the JSON that belongs here, too long, or did not come in time");

    private static IResult TooMany(string what, int most) =>
        Problem($"there are {most} {what} already; take some back", StatusCodes.Status409Conflict);

    private static IResult Problem(string message, int status = StatusCodes.Status400BadRequest) =>
        Answer(new ChannelProblem(message), Json.ChannelProblem, status);

    private static IResult Answer<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        Results.Json(value, type, statusCode: status);

    /// <returns>Null when the body is no such thing.</returns>
    private static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int maxLength = 64 * 1024)
        where T : class
    {
        if (await ReadOctetsAsync(context, maxLength).ConfigureAwait(false) is not { } octets) return null;
        try
        {
            return JsonSerializer.Deserialize(octets, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null when it is longer, or came to no end in time.</returns>
    private static async Task<byte[]?> ReadOctetsAsync(HttpContext context, int maxLength)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxLength;
        try
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
                if (!read.IsCompleted)
                {
                    context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                var octets = read.Buffer.ToArray();
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                return octets;
            }
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }
}
