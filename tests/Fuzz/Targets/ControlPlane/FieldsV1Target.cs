using System.Text.Json;
using Fuzz.Engine;
using LocalControlPlane.Formats;
using LocalControlPlane.Patching.Managers;

namespace Fuzz.Targets.ControlPlane;

/// <summary>Clients may send managedFields back, and change them.</summary>
internal sealed class FieldsV1Target : FuzzTarget
{
    public override string Name => "fields-v1";

    public override IReadOnlyList<Type> Readers => [typeof(FieldSet), typeof(ManagedFieldsEntry)];

    public override int MaxLength => 512;

    // JSON within JSON, and every operation on the sets: some 20 us an input.
    public override int Divisor => 2;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        IReadOnlyList<ManagedFieldsEntry> entries;
        try
        {
            entries = ManagedFieldsEntry.ReadAll(JsonBody.Read(input, out _));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }

        var all = FieldSet.Empty;
        foreach (var entry in entries)
        {
            var fields = entry.Fields;
            Oracle.Holds(FieldSet.FromFieldsV1(fields.ToFieldsV1()).SetEquals(fields), "what is written is not what was read");
            Oracle.Holds(fields.Except(fields).IsEmpty, "a set without itself is not empty");
            Oracle.Holds(
                fields.Intersect(fields).SetEquals(fields.Union(fields)), "what a set has in common with itself is not itself");
            Oracle.Holds(Rebuilt(fields).SetEquals(fields), "its paths do not make the set");
            Oracle.Holds(fields.SetEquals(all) == all.SetEquals(fields), "one equals the other and not the other way round");
            foreach (var path in fields.Print()) Oracle.Holds(path is not null, "a path without words");
            Oracle.Holds(
                entry.IsSameManager(entry) && entry.Print().Length > 0 && entry.ToJson().Count >= 5,
                "an entry that is not its own");
            all = all.Union(fields);
        }

        foreach (var entry in entries) Oracle.Holds(entry.Fields.Except(all).IsEmpty, "the union of all lacks one of them");
        return entries.Count > 0;
    }

    private static FieldSet Rebuilt(FieldSet fields)
    {
        var built = new FieldSet();
        InsertAll(fields, [], built);
        return built;
    }

    private static void InsertAll(FieldSet fields, List<string> path, FieldSet into)
    {
        if (fields.IsMember) into.Insert(path);
        foreach (var (element, child) in fields.Children)
        {
            path.Add(element);
            InsertAll(child, path, into);
            path.RemoveAt(path.Count - 1);
        }
    }
}
