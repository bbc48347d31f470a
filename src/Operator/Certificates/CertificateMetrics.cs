using System.Diagnostics.Metrics;

namespace Operator.Certificates;

/// <summary>Instruments of the certificate controller. Tags come from closed sets,
/// but for namespace and name of a resource.</summary>
internal sealed class CertificateMetrics : IDisposable
{
    public const string MeterName = "Operator.Certificates";

    private readonly Meter _meter;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Namespace, string Name),
        (DateTimeOffset NotAfter, DateTimeOffset? Renewal)> _certificates = [];

    public CertificateMetrics(IMeterFactory? factory, TimeProvider clock)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        AcmeRequests = _meter.CreateCounter<long>(
            "operator.acme.requests", "{request}", "Requests to CAs, by operation and HTTP status; 0 is no answer.");
        BadNonces = _meter.CreateCounter<long>(
            "operator.acme.bad_nonces", "{request}", "Requests that a CA wanted with a fresh nonce.");
        Attempts = _meter.CreateCounter<long>("operator.certificate.attempts", "{attempt}", "Issues begun, by reason.");
        Failures = _meter.CreateCounter<long>(
            "operator.certificate.failures", "{attempt}", "Issues that failed, by class of error.");
        Issued = _meter.CreateCounter<long>(
            "operator.certificate.issued", "{certificate}", "Certificates written to their Secret, by kind of issuer.");
        RenewalInfo = _meter.CreateCounter<long>(
            "operator.acme.renewal_info", "{request}", "Questions for renewal information, by result.");
        _meter.CreateObservableGauge(
            "operator.certificate.not_after", Expiries, "s", "When the certificate expires, in seconds since 1970.");
        _meter.CreateObservableGauge(
            "operator.certificate.renewal_lag", () => Lags(clock.GetUtcNow()), "s",
            "How long the renewal has been due; 0 before.");
    }

    public Counter<long> AcmeRequests { get; }

    public Counter<long> BadNonces { get; }

    public Counter<long> Attempts { get; }

    public Counter<long> Failures { get; }

    public Counter<long> Issued { get; }

    public Counter<long> RenewalInfo { get; }

    public void Set(string @namespace, string name, DateTimeOffset notAfter, DateTimeOffset? renewal)
    {
        lock (_gate) _certificates[(@namespace, name)] = (notAfter, renewal);
    }

    public void Remove(string @namespace, string name)
    {
        lock (_gate) _certificates.Remove((@namespace, name));
    }

    public void Dispose() => _meter.Dispose();

    private List<Measurement<double>> Expiries()
    {
        lock (_gate) return [.. _certificates.Select(entry => Measure(entry.Value.NotAfter.ToUnixTimeSeconds(), entry.Key))];
    }

    private List<Measurement<double>> Lags(DateTimeOffset now)
    {
        lock (_gate)
        {
            return [.. _certificates.Where(entry => entry.Value.Renewal is not null)
                .Select(entry => Measure(Math.Max(0, (now - entry.Value.Renewal!.Value).TotalSeconds), entry.Key))];
        }
    }

    private static Measurement<double> Measure(double value, (string Namespace, string Name) certificate) =>
        new(value, new("namespace", certificate.Namespace), new KeyValuePair<string, object?>("name", certificate.Name));
}
