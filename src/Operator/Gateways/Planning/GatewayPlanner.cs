using System.Text.Json.Nodes;
using Operator.Gateways.Planning.Configuration;
using Operator.Gateways.Planning.Objects;
using Operator.Gateways.Planning.Status;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning;

/// <summary>Decides what is to be done about one VpnGateway. Pure: the same facts give the same plan,
/// and planning again from the result changes nothing.</summary>
public static class GatewayPlanner
{
    // Gateways are asked, not watched: this is how long a change there may go unseen.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    public static GatewayPlan Plan(GatewayFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var gateway = facts.Gateway;
        var users = UsersContent.Of(gateway.Spec.Authentication.UsersSecret?.Name, facts.Users);
        var tlsSecret = GatewayNames.TlsSecret(gateway, facts.Certificate);
        var tls = tlsSecret is null ? null : TlsContent.Of(tlsSecret, facts.TlsSecret, gateway.Spec.Hostname, facts.Now);

        var spec = SpecFinding.Of(facts, users);
        var reports = facts.Reports.Values.Select(report => report.Status).OfType<GatewayConfig.Channel.GatewayStatus>();
        var configuration = spec.Holds ? WantedConfiguration.Of(gateway.Spec, users.Text, tls?.Pem, facts.Config, reports) : null;

        var fleet = new Fleet(facts, configuration);
        IReadOnlyList<Finding> findings =
        [
            spec,
            CertificateFinding.Of(facts, tls, fleet),
            DnsFinding.Of(facts, fleet),
            GatewaysFinding.Of(facts, fleet),
        ];
        var deletion = Deletion.Of(facts, fleet);
        var conditions = deletion is null
            ? Verdict.Of(findings, gateway.Metadata.IsPaused)
            : Verdict.OfDeletion(findings, deletion);
        var status = StatusWriter.Write(facts, conditions, fleet, configuration, tls);
        var plan = new GatewayPlan
        {
            Status = status,
            Events = deletion is null
                ? StatusEvents.Between(gateway.Status, conditions)
                : StatusEvents.Between(gateway.Status, deletion),
            LookAgainAfter = findings.All(finding => finding.Holds) ? Usual : Soon,
        };

        if (deletion is not null)
            return plan with { Superfluous = deletion.Now, ReleaseFinalizer = deletion.IsDone, LookAgainAfter = Soon };
        if (gateway.Metadata.IsPaused) return plan;
        if (configuration is null) return KeepRepaired(facts, plan);

        var objects = Objects(facts, configuration, tlsSecret);
        return plan with
        {
            Objects = objects,
            Superfluous = Superfluous(facts, objects),
            Bundle = configuration.Bundle,
            Behind = [.. fleet.Members.Where(member => IsBehind(member, configuration, tls)).Select(member => member.Name)],
        };
    }

    // Not accepted: what was accepted last stays whole. Nothing of it is new to the gateways, so nothing is pushed.
    private static GatewayPlan KeepRepaired(GatewayFacts facts, GatewayPlan plan)
    {
        if (facts.Config is not { } stored || AcceptedSpec.Read(stored) is not { } accepted
            || WantedConfiguration.Kept(accepted, stored) is not { } kept)
            return plan;

        var before = facts with { Gateway = facts.Gateway with { Spec = accepted.Spec } };
        var objects = Objects(before, kept, accepted.TlsSecret);
        return plan with { Objects = objects, Superfluous = Superfluous(before, objects) };
    }

    // What a gateway has refused once it would refuse again; other content has another revision.
    private static bool IsBehind(FleetMember member, WantedConfiguration wanted, TlsContent? tls)
    {
        if (member.Status is not { } status
            || status.Refused is { IsPushed: true } refused && refused.Revision == wanted.Bundle.Revision)
            return false;
        return !member.RunsWanted || (tls?.Pem is not null && member.Certificate?.SerialNumber != tls.Serial);
    }

    // What the pods mount comes before the pods.
    private static List<JsonObject> Objects(GatewayFacts facts, WantedConfiguration configuration, string? tlsSecret)
    {
        var gateway = facts.Gateway;
        JsonObject?[] objects =
        [
            SupportObjects.ServiceAccount(gateway),
            ConfigSecret.Make(gateway, configuration, tlsSecret),
            TemplateObjects.Certificate(gateway),
            Workload.Make(gateway, configuration.Configuration, facts.Settings, tlsSecret),
            SupportObjects.DisruptionBudget(gateway),
            SupportObjects.MetricsService(gateway),
            ClientProfiles.Make(gateway),
            TemplateObjects.Record(gateway),
        ];
        return [.. objects.OfType<JsonObject>()];
    }

    private static List<OwnedObject> Superfluous(GatewayFacts facts, List<JsonObject> objects)
    {
        var wanted = objects.Select(made =>
            new OwnedObject((string)made["apiVersion"]!, (string)made["kind"]!, (string)made["metadata"]!["name"]!))
            .ToHashSet();
        return [.. facts.Owned.Where(owned => !wanted.Contains(owned) && !IsStillReferred(facts.Gateway, owned))];
    }

    // The channel's Secret is made by whoever holds the CA; a record or certificate that the spec now names
    // itself is no longer made, and yet used.
    private static bool IsStillReferred(VpnGateway gateway, OwnedObject owned) => owned.Kind switch
    {
        "Secret" => owned.Name == GatewayNames.Channel(gateway.Metadata.Name),
        "DdnsRecord" => owned.Name == GatewayNames.Record(gateway),
        "SstpCertificate" => owned.Name == GatewayNames.Certificate(gateway),
        _ => false,
    };
}
