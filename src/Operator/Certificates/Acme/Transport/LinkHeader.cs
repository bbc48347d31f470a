namespace Operator.Certificates.Acme.Transport;

/// <summary>Reads Link headers (RFC 8288 section 3), as far as ACME uses them. Pure; what cannot be read is left out.</summary>
internal static class LinkHeader
{
    public static List<Uri> Targets(IEnumerable<string> values, string relation, Uri baseUrl)
    {
        var targets = new List<Uri>();
        foreach (var value in values)
        {
            // A target stands between angle brackets, so that a comma or a semicolon inside it ends nothing.
            for (var start = value.IndexOf('<', StringComparison.Ordinal); start >= 0;)
            {
                var end = value.IndexOf('>', start);
                if (end < 0) break;

                var next = value.IndexOf('<', end);
                var parameters = next < 0 ? value[(end + 1)..] : value[(end + 1)..next];
                if (HasRelation(parameters, relation) && Uri.TryCreate(baseUrl, value[(start + 1)..end], out var target))
                    targets.Add(target);
                start = next;
            }
        }

        return targets;
    }

    private static bool HasRelation(string parameters, string relation) =>
        parameters.Split(';', ',').Select(parameter => parameter.Split('=', 2))
            .Any(pair => pair.Length == 2
                && pair[0].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase)
                && pair[1].Trim().Trim('"').Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase));
}
