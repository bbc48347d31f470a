namespace EndToEnd.Tests.Operation;

/// <summary>Takes all of the machine, so that nothing else is timed meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ManyCallsCollection
{
    public const string Name = "Many calls";
}
