using Operator.Certificates.Acme.Transport;
using Operator.Certificates.Acme.Wire;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>What to do next about an order. Closed.</summary>
internal abstract record OrderStep
{
    private OrderStep()
    {
    }

    /// <summary>Ask the CA for an order.</summary>
    public sealed record CreateOrder : OrderStep;

    /// <summary>Find out where the proofs go, and write that down.</summary>
    public sealed record Prepare(
        IReadOnlyList<(Uri Url, Authorization Authorization, Challenge Challenge, ChallengeKind Type)> Challenges)
        : OrderStep;

    /// <summary>Put the proofs in place.</summary>
    public sealed record Present(IReadOnlyList<ChallengeProgress> Challenges) : OrderStep;

    /// <summary>Look whether the world sees them.</summary>
    public sealed record SelfCheck(IReadOnlyList<ChallengeProgress> Challenges) : OrderStep;

    /// <summary>Have the CA look.</summary>
    public sealed record Trigger(IReadOnlyList<ChallengeProgress> Challenges) : OrderStep;

    /// <summary>Send the signing request.</summary>
    public sealed record Finalize(Uri Url) : OrderStep;

    /// <summary>Fetch the certificate and write its Secret.</summary>
    public sealed record Download(Uri Url) : OrderStep;

    /// <summary>Come back later.</summary>
    /// <param name="For">At least a second.</param>
    public sealed record Wait(TimeSpan For, string What) : OrderStep;

    /// <summary>This order gives no certificate.</summary>
    public sealed record GiveUp(string Failure, AcmeErrorClass Class) : OrderStep;
}
