namespace Fuzz.Engine;

/// <summary>A reader did not throw, but did what it must not.</summary>
public sealed class OracleException(string what) : Exception(what);
