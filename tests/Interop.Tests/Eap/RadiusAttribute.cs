namespace Interop.Tests.Eap;

/// <param name="Value">At most 253 octets.</param>
public readonly record struct RadiusAttribute(RadiusAttributeType Type, byte[] Value);
