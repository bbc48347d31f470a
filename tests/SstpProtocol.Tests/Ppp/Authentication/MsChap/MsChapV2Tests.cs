using System.Text;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpProtocol.Tests.Ppp.Authentication.MsChap;

/// <summary>The example of RFC 2759 9.2, carried on to the keys of RFC 3079 3.5.3.</summary>
public class MsChapV2Tests
{
    private static readonly byte[] s_authenticatorChallenge = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] s_peerChallenge = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");
    private static readonly byte[] s_ntHash = Convert.FromHexString("44EBBA8D5312B8D611474411F56989AE");
    private static readonly byte[] s_ntResponse = Convert.FromHexString("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
    private static readonly byte[] s_masterKey = Convert.FromHexString("FDECE3717A8C838CB388E527AE3CDD31");

    [Fact]
    public void Hashes_the_password()
    {
        var hash = new byte[MsChapV2.NtHashSize];

        MsChapV2.NtHash("clientPass", hash);

        Assert.Equal(Convert.ToHexString(s_ntHash), Convert.ToHexString(hash));
    }

    [Theory]
    [InlineData("User")]
    [InlineData(@"DOMAIN\User")]
    public void Hashes_the_challenges_with_the_user_name_but_without_its_domain(string userName)
    {
        var hash = new byte[MsChapV2.ChallengeHashSize];

        MsChapV2.ChallengeHash(s_peerChallenge, s_authenticatorChallenge, Encoding.ASCII.GetBytes(userName), hash);

        Assert.Equal("D02E4386BCE91226", Convert.ToHexString(hash));
    }

    [Fact]
    public void Keeps_the_realm_in_the_challenge_hash()
    {
        Span<byte> bare = stackalloc byte[MsChapV2.ChallengeHashSize];
        Span<byte> withRealm = stackalloc byte[MsChapV2.ChallengeHashSize];

        MsChapV2.ChallengeHash(s_peerChallenge, s_authenticatorChallenge, "User"u8, bare);
        MsChapV2.ChallengeHash(s_peerChallenge, s_authenticatorChallenge, "User@example.org"u8, withRealm);

        Assert.False(bare.SequenceEqual(withRealm));
    }

    [Fact]
    public void Makes_the_response_of_the_peer()
    {
        var response = new byte[MsChapV2.NtResponseSize];

        MsChapV2.NtResponse(s_authenticatorChallenge, s_peerChallenge, "User"u8, s_ntHash, response);

        Assert.Equal(Convert.ToHexString(s_ntResponse), Convert.ToHexString(response));
    }

    [Fact]
    public void Makes_the_proof_of_the_authenticator()
    {
        var response = new byte[MsChapV2.AuthenticatorResponseSize];

        MsChapV2.AuthenticatorResponse(s_ntHash, s_ntResponse, s_peerChallenge, s_authenticatorChallenge, "User"u8, response);

        Assert.Equal("S=407A5589115FD0D6209F510FE9C04566932CDA56", MsChapV2Success.Format(response, ""));
    }

    [Fact]
    public void Derives_the_master_key_and_both_start_keys()
    {
        var (master, receive, send) = (new byte[16], new byte[16], new byte[16]);

        MsChapV2.MasterKey(s_ntHash, s_ntResponse, master);
        MsChapV2.ServerReceiveKey(s_masterKey, receive);
        MsChapV2.ServerSendKey(s_masterKey, send);

        Assert.Equal(Convert.ToHexString(s_masterKey), Convert.ToHexString(master));
        Assert.Equal("D5F0E9521E3EA9589645E86051C82226", Convert.ToHexString(receive));
        Assert.Equal("8B7CDC149B993A1BA118CB153F56DCCB", Convert.ToHexString(send));
    }

    [Fact]
    public void Puts_the_receive_key_of_the_server_first_in_the_higher_layer_key()
    {
        var key = MsChapV2.DeriveKey(s_ntHash, s_ntResponse);

        Assert.Equal("D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB", Convert.ToHexString(key.Octets));
    }

    [Fact]
    public void Judges_a_response_without_allocating()
    {
        var (hash, challengeHash, response, proof) = (new byte[16], new byte[8], new byte[24], new byte[20]);
        Run();

        // The least of several: the runtime itself allocates now and then, when it compiles something anew.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Run()));

        long Run()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            MsChapV2.NtHash("clientPass", hash);
            MsChapV2.ChallengeHash(s_peerChallenge, s_authenticatorChallenge, "User"u8, challengeHash);
            MsChapV2.NtResponse(s_authenticatorChallenge, s_peerChallenge, "User"u8, s_ntHash, response);
            MsChapV2.AuthenticatorResponse(s_ntHash, s_ntResponse, s_peerChallenge, s_authenticatorChallenge, "User"u8, proof);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
