using System.Net;

namespace Operator.Dns.Resolving;

/// <summary>One record of an answer, decoded as far as the operator needs it.</summary>
/// <param name="Text">The data in the words of a zone file: an address, a name, or a TXT value joined from its strings.</param>
/// <param name="Address">For A and AAAA.</param>
public sealed record AnsweredRecord(RecordType Type, TimeSpan TimeToLive, string Text, IPAddress? Address = null);
