using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace Bench.Microbenchmarks;

/// <summary>The compound MAC of a call, with the values of MS-SSTP section 4.7.</summary>
internal sealed record BindingVerified() : Microbenchmark("compound MAC with SHA-256", 0)
{
    private readonly byte[] _key = Convert.FromHexString("2A1BB40D55AB0F5EF32F06F2B3CC73C48FD3FAC41D7A1315A19228D9024CA164");

    private readonly byte[] _packet = Convert.FromHexString(
        "10010070" + "00040001" + "00030068" + "00000002" +
        "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435" +
        "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D" +
        "0000000000000000000000000000000000000000000000000000000000000000");

    public override bool IsRight()
    {
        Span<byte> mac = stackalloc byte[CompoundMac.MaxSize];
        CompoundMac.Compute(SstpHash.Sha256, _key, _packet, mac);
        return Convert.ToHexString(mac) == "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449";
    }

    public override void Repeat(int times)
    {
        Span<byte> mac = stackalloc byte[CompoundMac.MaxSize];
        for (var i = 0; i < times; i++) CompoundMac.Compute(SstpHash.Sha256, _key, _packet, mac);
    }
}
