using DnsProtocol;
namespace SstpGateway.Dns.Messages;

/// <summary>What decides which answer is right: two queries of the same key may share one.
/// The class is always Internet.</summary>
/// <param name="Name">A key of <see cref="DnsName"/>.</param>
/// <param name="DnssecOk">With signatures or without.</param>
/// <param name="CheckingDisabled">An answer that failed validation upstream may be given only to who said so.</param>
internal readonly record struct AnswerKey(string Name, ushort Type, bool DnssecOk, bool CheckingDisabled);
