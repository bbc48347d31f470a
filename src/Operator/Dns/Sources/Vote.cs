using System.Net;

namespace Operator.Dns.Sources;

/// <summary>What one service said.</summary>
/// <param name="Address">Null when it said nothing usable.</param>
/// <param name="Problem">Then why.</param>
public sealed record Vote(string Service, IPAddress? Address, string? Problem = null);
