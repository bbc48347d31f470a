using System.Text;

namespace PrometheusText;

/// <summary>From the dotted names and UCUM units of OpenTelemetry to the names that Prometheus asks for.</summary>
internal static class MetricName
{
    /// <summary>"sstp.gateway.call.duration" in "s" becomes "sstp_gateway_call_duration_seconds".</summary>
    /// <param name="unit">As UCUM writes it; what stands in braces is a remark and not part of the name.</param>
    /// <param name="isCounter">Whether the name ends in "_total".</param>
    public static string Of(string name, string? unit, bool isCounter)
    {
        var result = new StringBuilder(name.Length + 16);
        foreach (var c in name) result.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        Append(result, unit switch
        {
            "s" => "seconds",
            "By" => "bytes",
            "1" when !isCounter => "ratio",
            _ => "",
        });
        if (isCounter) Append(result, "total");
        return result.ToString();
    }

    private static void Append(StringBuilder name, string suffix)
    {
        if (suffix.Length > 0 && !name.ToString().EndsWith($"_{suffix}", StringComparison.Ordinal))
            name.Append('_').Append(suffix);
    }
}
