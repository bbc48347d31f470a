namespace Operator.Tests.Certificates.World;

/// <summary>The end of a process, as far as a test in one process can have it: nothing in the product catches this.</summary>
internal sealed class Killed : Exception;
