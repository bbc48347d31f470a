namespace SstpProtocol.Ppp;

/// <param name="Protocol">The PPP protocol number.</param>
/// <param name="Payload">What follows the protocol field: for control protocols code, identifier, length and data.</param>
public readonly record struct PppPacket(PppProtocol Protocol, ReadOnlyMemory<byte> Payload);
