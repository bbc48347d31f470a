using System.Net;
using SstpGateway.Addressing;

namespace SstpGateway.Tests.Addressing;

/// <summary>Keeps the last record about each address, as a lease file would.</summary>
internal sealed class RecordingMemory : ILeaseMemory
{
    private readonly Dictionary<IPAddress, LeaseRecord> _last = [];

    public IReadOnlyCollection<LeaseRecord> Last => _last.Values;

    public void Append(LeaseRecord record) => _last[record.Address] = record;
}
