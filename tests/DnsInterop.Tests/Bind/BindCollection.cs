namespace DnsInterop.Tests.Bind;

/// <summary>One pair of servers for all tests; they use names of their own.</summary>
[CollectionDefinition(Name)]
public sealed class BindCollection : ICollectionFixture<BindPair>
{
    public const string Name = "BIND";
}
