using System.Security.Cryptography;
using SstpProtocol;

namespace Interop.Tests.Eap;

/// <summary>Makes the authenticator's first EAP identifier the one that the RADIUS client
/// has asked for the identity with already.</summary>
internal sealed class RandomAfterIdentity(byte identifier) : IRandomBytes
{
    private bool _given;

    public void Fill(Span<byte> destination)
    {
        RandomNumberGenerator.Fill(destination);
        if (_given) return;

        _given = true;
        destination[0] = identifier;
    }
}
