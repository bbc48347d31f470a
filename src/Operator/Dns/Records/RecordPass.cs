using KubeApi.Objects;
using Operator.Dns.Names;
using Operator.Dns.Ownership;
using Operator.Reconciling;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>What each part of a pass over one record needs.</summary>
public sealed record RecordPass(Pass<DdnsRecord> Pass, DomainName Name, RecordMemory Memory)
{
    public ObjectMeta Metadata => Pass.Resource.Metadata;

    public ObjectKey Key => Pass.Resource.Key;

    public string Namespace => Metadata.Namespace;

    public DdnsRecordSpec Spec => Pass.Resource.Value.Spec;

    public bool IsPaused => Pass.IsPaused;

    /// <summary>A person asked for this pass.</summary>
    public bool IsRequested => Pass.IsRequested;

    public bool WantsV4 => Spec.RecordTypes.Contains(RecordType.A);

    public bool WantsV6 => Spec.RecordTypes.Contains(RecordType.AAAA);

    /// <summary>The value of this object's mark.</summary>
    public string Mark => OwnerMark.ValueFor(Metadata.Namespace, Metadata.Name, Metadata.Uid);
}
