namespace Interop.Tests.Network;

/// <summary>Tests that share the guest run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LaboratoryCollection : ICollectionFixture<Laboratory>
{
    public const string Name = "One guest";
}
