namespace EndToEnd.Tests.DataPath;

/// <summary>Fills the line for some seconds: not while other tests wait for answers.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DataPathCollection
{
    public const string Name = "Data path";
}
