using System.Text;
using LocalControlPlane.Collection;
using LocalControlPlane.Objects;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Tests.Collection;

public sealed class GarbagePlanTests
{
    private readonly OwnershipGraph _graph = new();

    [Fact]
    public void An_object_whose_owner_is_there_stays()
    {
        Put("owner");
        Put("child", owners: "owner");

        Assert.Empty(Plan("child"));
    }

    [Fact]
    public void An_object_whose_only_owner_is_gone_is_deleted()
    {
        Put("child", owners: "owner");

        Assert.Equal([new GarbageStep.Delete(Key("child"), "child", DeletePolicy.Background)], Plan("child"));
    }

    [Fact]
    public void The_deletion_of_an_owner_makes_its_dependents_be_looked_at()
    {
        var owner = Put("owner");
        Put("child", owners: "owner");

        Assert.Contains("child", _graph.Remove(owner));
    }

    [Fact]
    public void One_owner_of_two_is_enough_and_the_reference_to_the_other_goes()
    {
        Put("owner");
        Put("child", owners: "owner other");

        var step = Assert.IsType<GarbageStep.SetFree>(Assert.Single(Plan("child")));
        Assert.Equal(["other"], step.Owners);
    }

    [Fact]
    public void An_owner_in_another_namespace_does_not_count()
    {
        Put("owner", space: "elsewhere");
        Put("child", owners: "owner");

        Assert.IsType<GarbageStep.Delete>(Assert.Single(Plan("child")));
    }

    [Fact]
    public void A_cluster_scoped_owner_counts()
    {
        Put("owner", space: "");
        Put("child", owners: "owner");

        Assert.Empty(Plan("child"));
    }

    [Fact]
    public void Orphaning_sets_the_dependents_free_and_then_the_owner()
    {
        Put("owner", finalizers: DeleteRules.Orphan, isBeingDeleted: true);
        Put("child", owners: "owner");

        Assert.Equal(
            [typeof(GarbageStep.SetFree), typeof(GarbageStep.Release)],
            Plan("owner").Select(step => step.GetType()));
    }

    [Fact]
    public void A_foreground_deletion_waits_for_dependents_that_block_and_deletes_them()
    {
        Put("owner", finalizers: DeleteRules.Foreground, isBeingDeleted: true);
        var child = Put("child", owners: "owner", blocks: true);

        Assert.Empty(Plan("owner"));
        Assert.Equal([new GarbageStep.Delete(Key("child"), "child", DeletePolicy.Background)], Plan("child"));

        Assert.Contains("owner", _graph.Remove(child));
        Assert.Equal([new GarbageStep.Release(Key("owner"), "owner", DeleteRules.Foreground)], Plan("owner"));
    }

    [Fact]
    public void A_foreground_deletion_goes_down_the_tree()
    {
        Put("owner", finalizers: DeleteRules.Foreground, isBeingDeleted: true);
        Put("child", owners: "owner", blocks: true);
        Put("grandchild", owners: "child", blocks: true);

        Assert.Equal([new GarbageStep.Delete(Key("child"), "child", DeletePolicy.Foreground)], Plan("child"));
    }

    [Fact]
    public void What_is_being_deleted_is_not_deleted_again()
    {
        Put("child", owners: "owner", finalizers: "example.test/hold", isBeingDeleted: true);

        Assert.Empty(Plan("child"));
    }

    private static ObjectKey Key(string name) => new("configmaps", "default", name);

    private IReadOnlyList<GarbageStep> Plan(string uid) => GarbagePlan.For(_graph.Find(uid)!, _graph);

    private StoredObject Put(
        string name, string space = "default", string owners = "", string finalizers = "",
        bool isBeingDeleted = false, bool blocks = false)
    {
        var references = owners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(owner =>
            $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"{{owner}}","uid":"{{owner}}","blockOwnerDeletion":{{(blocks ? "true" : "false")}}}""");
        var deletion = isBeingDeleted ? ""","deletionTimestamp":"2026-01-01T00:00:00Z" """ : "";
        var hold = finalizers.Length == 0 ? "" : $$""","finalizers":["{{finalizers}}"]""";
        var json =
            $$$"""{"metadata":{"name":"{{{name}}}","uid":"{{{name}}}","ownerReferences":[{{{string.Join(',', references)}}}]{{{deletion}}}{{{hold}}}}}""";
        var stored = new StoredObject(new ObjectKey("configmaps", space, name), 1, Encoding.UTF8.GetBytes(json), "");
        _graph.Put(stored);
        return stored;
    }
}
