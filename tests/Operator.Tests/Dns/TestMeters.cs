using System.Diagnostics.Metrics;

namespace Operator.Tests.Dns;

internal sealed class TestMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
