namespace DnsProtocol.Updates;

/// <summary>An UPDATE message (RFC 2136): conditions, then changes, all or nothing at the server.</summary>
/// <param name="zone">The apex of the zone that is changed.</param>
public sealed class DnsUpdate(string zone)
{
    private readonly List<Entry> _prerequisites = [];
    private readonly List<Entry> _changes = [];

    private readonly record struct Entry(string Name, ushort Type, ushort Class, uint Ttl, byte[] Data);

    /// <summary>The set of this type consists of exactly the records required this way (2.4.2).</summary>
    public DnsUpdate RequireRecord(string name, ushort type, byte[] data) => Require(name, type, DnsQuestion.Internet, data);

    /// <summary>There is a record of this type (2.4.1).</summary>
    public DnsUpdate RequireSet(string name, ushort type) => Require(name, type, DnsQuestion.Any, []);

    /// <summary>There is no record of this type (2.4.3).</summary>
    public DnsUpdate RequireNoSet(string name, ushort type) => Require(name, type, DnsQuestion.None, []);

    /// <summary>Adds a record; no change when it is there already, except that its time is taken (2.5.1, 3.4.2.2).</summary>
    /// <param name="ttl">In seconds.</param>
    public DnsUpdate Add(string name, ushort type, uint ttl, byte[] data) => Change(name, type, DnsQuestion.Internet, ttl, data);

    /// <summary>Removes all records of a type (2.5.2).</summary>
    public DnsUpdate DeleteSet(string name, ushort type) => Change(name, type, DnsQuestion.Any, 0, []);

    /// <summary>Removes one record (2.5.4).</summary>
    public DnsUpdate DeleteRecord(string name, ushort type, byte[] data) => Change(name, type, DnsQuestion.None, 0, data);

    /// <summary>The message, not signed yet.</summary>
    public byte[] ToMessage(ushort id)
    {
        var writer = new DnsMessageWriter(id, DnsFlags.Update);
        writer.Question(zone, DnsRecordType.Soa, DnsQuestion.Internet);
        foreach (var entry in _prerequisites)
            writer.Record(DnsSection.Answer, entry.Name, entry.Type, entry.Class, entry.Ttl, entry.Data);
        foreach (var entry in _changes)
            writer.Record(DnsSection.Authority, entry.Name, entry.Type, entry.Class, entry.Ttl, entry.Data);
        return writer.ToArray();
    }

    private DnsUpdate Require(string name, ushort type, ushort recordClass, byte[] data)
    {
        _prerequisites.Add(new Entry(name, type, recordClass, 0, data));
        return this;
    }

    private DnsUpdate Change(string name, ushort type, ushort recordClass, uint ttl, byte[] data)
    {
        _changes.Add(new Entry(name, type, recordClass, ttl, data));
        return this;
    }
}
