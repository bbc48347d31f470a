using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Doctor.Facts;

/// <summary>All that the doctor has seen; the diagnosis is made of this and nothing else.</summary>
internal sealed record GatewayFacts
{
    public required VpnGateway Gateway { get; init; }

    /// <summary>The record that publishes its name; null when it has none.</summary>
    public DdnsRecord? Record { get; init; }

    /// <summary>The certificate that it serves; null when that is not an SstpCertificate.</summary>
    public SstpCertificate? Certificate { get; init; }

    /// <summary>What each server says of the name.</summary>
    public IReadOnlyList<NameFacts> Names { get; init; } = [];

    /// <summary>Why the name's servers could not be found; null when they were.</summary>
    public string? NameProblem { get; init; }

    /// <summary>What each address answers.</summary>
    public IReadOnlyList<AddressFacts> Addresses { get; init; } = [];

    /// <summary>How far this machine's clock is ahead of the cluster's; null when not known.</summary>
    public TimeSpan? ClockAhead { get; init; }

    /// <summary>Whom the log-in was tried as; null when none was.</summary>
    public string? User { get; init; }

    /// <summary>Whether the users' Secret could be read, so that <see cref="Account"/> means something.</summary>
    public bool IsUserListKnown { get; init; }

    /// <summary>How that user's entry stands; null when there is none, or it is not known.</summary>
    public AccountState? Account { get; init; }

    /// <summary>Calls that came to nothing, by the gateways' logs; null when no log could be read.</summary>
    public IReadOnlyList<FailureCount>? Failures { get; init; }

    /// <summary>Why no log could be read.</summary>
    public string? LogProblem { get; init; }

    /// <summary>What a gateway's log says of the log-in that was tried; null when none was refused, or it is not known.</summary>
    public FailedCall? Refusal { get; init; }

    /// <summary>Whose certificates were believed, in words; null: the system's authorities'.</summary>
    public string? Trust { get; init; }
}
