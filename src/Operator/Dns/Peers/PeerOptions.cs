namespace Operator.Dns.Peers;

/// <summary>For whom this operator looks.</summary>
/// <param name="TokensFile">A line each: who it is, for the log, and the token, at least <see cref="PeerTokens.MinLength"/>
/// characters. Read anew when it changes.</param>
/// <param name="Ports">The only ones that are looked at.</param>
/// <param name="AllowedRanges">Networks that are looked at although they are not public, such as those of a company.</param>
public sealed record PeerOptions(string TokensFile, IReadOnlyList<int> Ports, IReadOnlyList<System.Net.IPNetwork> AllowedRanges);
