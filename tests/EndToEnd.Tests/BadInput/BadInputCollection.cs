namespace EndToEnd.Tests.BadInput;

[CollectionDefinition(Name)]
public sealed class BadInputCollection : ICollectionFixture<BadInputSite>
{
    public const string Name = "Bad input";
}
