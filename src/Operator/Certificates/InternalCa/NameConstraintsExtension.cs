using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.InternalCa;

/// <summary>The name constraints extension (RFC 5280 section 4.2.1.10): names below these domains,
/// and no others, may be certified. Pure.</summary>
/// <remarks>Whoever steals the key of a constrained authority, or errs with it, can then vouch for nothing outside.</remarks>
internal static class NameConstraintsExtension
{
    private const string Oid = "2.5.29.30";

    /// <summary>An address of v4 with its mask, and one of v6 with its.</summary>
    private static readonly byte[][] AllAddresses = [new byte[8], new byte[32]];

    /// <summary>A name stands for itself and all below it. With permitted names and no permitted networks,
    /// addresses are ruled out altogether.</summary>
    /// <returns>Null when there is no constraint: an empty extension is not allowed.</returns>
    public static X509Extension? Create(NameConstraints constraints)
    {
        var permitted = constraints.PermittedNames.Select(Name)
            .Concat(constraints.PermittedNetworks.Select(text => Network(IPNetwork.Parse(text)))).ToArray();
        var excluded = constraints.ExcludedNames.Select(Name)
            .Concat(constraints.PermittedNames.Count > 0 && constraints.PermittedNetworks.Count == 0
                ? AllAddresses.Select(Address)
                : [])
            .ToArray();
        if (permitted.Length + excluded.Length == 0) return null;

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteSubtrees(writer, 0, permitted);
            WriteSubtrees(writer, 1, excluded);
        }

        return new X509Extension(Oid, writer.Encode(), critical: true);
    }

    /// <summary>GeneralSubtrees with no minimum and no maximum; left out when empty, as the syntax demands.</summary>
    private static void WriteSubtrees(AsnWriter writer, int tag, Action<AsnWriter>[] bases)
    {
        if (bases.Length == 0) return;

        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, tag)))
        {
            foreach (var writeBase in bases)
            {
                using (writer.PushSequence()) writeBase(writer);
            }
        }
    }

    private static Action<AsnWriter> Name(string name) =>
        writer => writer.WriteCharacterString(
            UniversalTagNumber.IA5String, CertificateNames.Normalize(name), new Asn1Tag(TagClass.ContextSpecific, 2));

    private static Action<AsnWriter> Address(byte[] addressAndMask) =>
        writer => writer.WriteOctetString(addressAndMask, new Asn1Tag(TagClass.ContextSpecific, 7));

    private static Action<AsnWriter> Network(IPNetwork network)
    {
        var address = network.BaseAddress.GetAddressBytes();
        var mask = new byte[address.Length];
        for (var bit = 0; bit < network.PrefixLength; bit++) mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return Address([.. address, .. mask]);
    }
}
