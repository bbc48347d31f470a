using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp.CryptoBinding;

public class CompoundMacTests
{
    // The keys of RFC 2759 9.2 and RFC 3079 3.5.3: user "User", password "clientPass", from the server's point of view.
    private const string MsChapV2Key = "D5F0E9521E3EA9589645E86051C82226 8B7CDC149B993A1BA118CB153F56DCCB";
    private const string ZeroKey = "00000000000000000000000000000000 00000000000000000000000000000000";

    // MS-SSTP 4.7.
    private const string Sha256Key = "2A1BB40D55AB0F5EF32F06F2B3CC73C48FD3FAC41D7A1315A19228D9024CA164";
    private const string Sha1Key = "4B3128F43925D9006EEFB1C4E86515A1D88E56BAB3CA2BDF0373B7F5A8A13B19";

    [Theory]
    [InlineData(SstpHash.Sha1, MsChapV2Key, "3AFBFF0BA79DD9743BD09949FA99F9D0C92D3698")]
    [InlineData(SstpHash.Sha256, MsChapV2Key, "150707E682B16F4CA9430560C562894AFD10050DB4182D35C3E9E06284445271")]
    [InlineData(SstpHash.Sha1, ZeroKey, "AE571EDE1E11EFB7BB85B8B4F07E15F0E086761A")]
    [InlineData(SstpHash.Sha256, ZeroKey, "D342EB00477D6A37E1A184FB0168CB3EA3B6645FA0F227904D20EEF5CB8F9327")]
    [InlineData(SstpHash.Sha1, Sha1Key, "A98B862A38CC7E224B42CD128586ACB22F0BD1E9")]
    [InlineData(SstpHash.Sha256, Sha256Key, "ECF59AC9FE155CF0A9E7D66ADC1B363C1AD7BA91A9217F0CEC2A534298828DF6")]
    public void Derives_the_key_of_the_examples(SstpHash hash, string higherLayerKey, string expected)
    {
        var key = new byte[CompoundMac.SizeOf(hash)];

        CompoundMac.DeriveKey(hash, Packets.Hex(higherLayerKey), key);

        Assert.Equal(expected, Convert.ToHexString(key));
    }

    [Theory]
    [InlineData(
        SstpHash.Sha256, Sha256Key, "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435",
        "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D",
        "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449")]
    [InlineData(
        SstpHash.Sha1, Sha1Key, "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF",
        "5826B629BDA59B8E6FD8DCD2622FD34C534805A5",
        "69915DD583D8062FEF16F61DB2F03290EC27CB6C")]
    public void Computes_the_mac_of_the_examples_whatever_the_mac_field_holds(
        SstpHash hash, string higherLayerKey, string nonce, string certificateHash, string expected)
    {
        var packet = new byte[112];
        Packets.Hex("10010070 00040001 00030068 000000").CopyTo(packet, 0);
        packet[Packets.HashOffset] = (byte)hash;
        Packets.Hex(nonce).CopyTo(packet, Packets.NonceOffset);
        Packets.Hex(certificateHash).CopyTo(packet, Packets.CertificateHashOffset);
        packet.AsSpan(Packets.CompoundMacOffset).Fill(0xEE);

        var mac = new byte[CompoundMac.SizeOf(hash)];
        CompoundMac.Compute(hash, Packets.Hex(higherLayerKey), packet, mac);

        Assert.Equal(expected, Convert.ToHexString(mac));
    }

    [Theory]
    [InlineData(SstpHash.None)]
    [InlineData(SstpHash.Sha1 | SstpHash.Sha256)]
    public void Knows_no_size_for_anything_but_one_hash(SstpHash hash)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CompoundMac.SizeOf(hash));
        Assert.Throws<ArgumentOutOfRangeException>(() => Packets.Certificate.Of(hash).Length);
    }
}
