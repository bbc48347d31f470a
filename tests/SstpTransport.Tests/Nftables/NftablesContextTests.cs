using SstpTransport.Nftables;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;

namespace SstpTransport.Tests.Nftables;

public class NftablesContextTests
{
    [RequiresFact("ip", "nft")]
    public void A_table_with_an_owner_is_safe_from_others_and_gone_with_its_context() => OwnNamespace.Run(() =>
    {
        using (var context = NftablesContext.Open())
        {
            context.Run("table inet mine {\n\tflags owner\n\tset s { type ipv4_addr; }\n}\n");
            OwnNamespace.Output("nft", "flush", "ruleset");
            Assert.Contains("table inet mine", OwnNamespace.Output("nft", "list", "tables"), StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => OwnNamespace.Output("nft", "delete", "table", "inet", "mine"));
            Assert.Contains("set s", context.Run("list table inet mine"), StringComparison.Ordinal);
        }

        Assert.Equal("", OwnNamespace.Output("nft", "list", "tables"));
    });

    [RequiresFact("ip", "nft")]
    public void Runs_all_commands_or_none() => OwnNamespace.Run(() =>
    {
        using var context = NftablesContext.Open();
        var error = Assert.Throws<NftablesException>(
            () => context.Run("add table inet a\nadd element inet a nosuch { 10.0.0.1 }\n"));
        Assert.True(error.Message.Contains("No such file or directory", StringComparison.Ordinal), error.Message);
        Assert.Equal("", context.Run("list tables"));

        // The context is usable after an error, and the error text is not carried over.
        context.Run("add table inet a");
        Assert.Contains("table inet a", context.Run("list tables"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Another_gateways_table_is_refused_with_advice() => OwnNamespace.Run(() =>
    {
        using var first = NftablesContext.Open();
        using var second = NftablesContext.Open();
        first.Run("add table inet mine { flags owner; }");
        var error = Assert.Throws<NftablesException>(() => second.Run("add table inet mine\ndelete table inet mine"));
        Assert.Contains("another running gateway", error.Message, StringComparison.Ordinal);
    });
}
