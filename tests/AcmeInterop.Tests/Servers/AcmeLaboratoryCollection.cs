namespace AcmeInterop.Tests.Servers;

[CollectionDefinition(Name)]
public sealed class AcmeLaboratoryCollection : ICollectionFixture<AcmeLaboratory>
{
    public const string Name = "ACME laboratory";
}
