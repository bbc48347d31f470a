namespace EndToEnd.Tests.Doctor;

[CollectionDefinition(Name)]
public sealed class DoctorCollection : ICollectionFixture<DoctorSite>
{
    public const string Name = "Doctor";
}
