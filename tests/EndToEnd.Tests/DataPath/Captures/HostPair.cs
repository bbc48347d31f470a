using System.Net;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>Who sends, and to whom.</summary>
public readonly record struct HostPair(IPAddress Source, IPAddress Destination);
