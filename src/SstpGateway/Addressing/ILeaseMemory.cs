namespace SstpGateway.Addressing;

/// <summary>Where an <see cref="AddressAllocator"/> keeps who had which address beyond the life of the process.</summary>
public interface ILeaseMemory
{
    /// <summary>Notes a change; called under the allocator's lock, so it must be quick,
    /// and must not throw for want of disk.</summary>
    void Append(LeaseRecord record);
}
