using CloudEdge.Programs;

namespace CloudEdge.Providers.Cloudflare;

/// <summary>A zone, looked up by its name, and a token that may edit that zone's records and nothing else.</summary>
internal sealed class ZoneToken
{
    private const string ZoneScope = "com.cloudflare.api.account.zone";

    public ZoneToken(PulumiProgram program, string zone, string tokenName)
    {
        var filter = new ZoneFilter { Name = zone, Status = "active" };
        ZoneId = program.Variable("zoneId", Invoke.Function<string>(
            "cloudflare:index/getZone:getZone", new ZoneQuestion { Filter = filter }, "zoneId"));
        var token = program.Add(new ApiToken("dnsToken", new ApiTokenArguments
        {
            Name = tokenName,
            Policies =
            [
                new TokenPolicy
                {
                    Effect = PolicyEffect.Allow,
                    // The operator finds the zone by its name, so it must be able to read it, too.
                    PermissionGroups = [Right(program, "dnsWrite", "DNS Write"), Right(program, "zoneRead", "Zone Read")],
                    Resources = new Interpolation().Literal($"{{\"{ZoneScope}.").Value(ZoneId).Literal("\":\"*\"}"),
                },
            ],
        }));
        Value = token.Value;
    }

    public Output<string> ZoneId { get; }

    /// <summary>The token: a secret of the stack.</summary>
    public Output<string> Value { get; }

    /// <summary>The first of the permission groups with this name; Cloudflare wants the name as it stands in a URL.</summary>
    private static PermissionGroup Right(PulumiProgram program, string key, string name)
    {
        var question = new PermissionGroupQuestion { Name = Uri.EscapeDataString(name), Scope = ZoneScope };
        var groups = program.Variable(key, Invoke.Function<object>(
            "cloudflare:index/getApiTokenPermissionGroupsList:getApiTokenPermissionGroupsList", question, "results"));
        return new PermissionGroup { Id = groups.Element<string>(0, "id") };
    }

    private sealed record ZoneQuestion
    {
        public required ZoneFilter Filter { get; init; }
    }

    private sealed record ZoneFilter
    {
        public required string Name { get; init; }
        public required string Status { get; init; }
    }

    private sealed record PermissionGroupQuestion
    {
        public required string Name { get; init; }
        public required string Scope { get; init; }
    }
}
