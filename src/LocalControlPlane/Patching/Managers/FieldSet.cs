using System.Text.Json.Nodes;

namespace LocalControlPlane.Patching.Managers;

/// <summary>A set of paths, as a tree. Immutable once built.</summary>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);

    public static FieldSet Empty { get; } = new();

    /// <summary>The path that leads here is in the set.</summary>
    public bool IsMember { get; private set; }

    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    public bool IsEmpty => !IsMember && _children.Count == 0;

    public FieldSet? Child(string element) => _children.GetValueOrDefault(element);

    /// <summary>While it is being built.</summary>
    public void Insert(IEnumerable<string> path)
    {
        var node = this;
        foreach (var element in path)
        {
            if (!node._children.TryGetValue(element, out var child)) node._children[element] = child = new FieldSet();
            node = child;
        }

        node.IsMember = true;
    }

    public FieldSet Union(FieldSet other) => Combine(this, other, (mine, theirs) => mine || theirs);

    public FieldSet Intersect(FieldSet other) => Combine(this, other, (mine, theirs) => mine && theirs);

    /// <summary>Without the paths of the other; what lies below those stays.</summary>
    public FieldSet Except(FieldSet other) => Combine(this, other, (mine, theirs) => mine && !theirs);

    public bool SetEquals(FieldSet other) =>
        IsMember == other.IsMember && _children.Count == other._children.Count
        && _children.All(child => other.Child(child.Key) is { } theirs && child.Value.SetEquals(theirs));

    /// <summary>Each path as messages print it.</summary>
    public IEnumerable<string> Print(string prefix = "")
    {
        if (IsMember) yield return prefix;
        foreach (var path in _children.SelectMany(child => child.Value.Print(prefix + PathElement.Print(child.Key))))
            yield return path;
    }

    public JsonObject ToFieldsV1()
    {
        var fields = new JsonObject();
        if (IsMember && _children.Count > 0) fields["."] = new JsonObject();
        foreach (var (element, child) in _children) fields[element] = child.ToFieldsV1();
        return fields;
    }

    /// <exception cref="FormatException">It is not in the format.</exception>
    public static FieldSet FromFieldsV1(JsonNode? fields)
    {
        var root = Read(fields);
        root.IsMember = root._children.Count > 0 && fields is JsonObject f && f.ContainsKey(".");
        return root;
    }

    private static FieldSet Read(JsonNode? fields)
    {
        if (fields is not JsonObject elements) throw new FormatException("fieldsV1 must be an object of objects");
        var set = new FieldSet { IsMember = elements.Count == 0 || elements.ContainsKey(".") };
        foreach (var (element, inner) in elements)
        {
            if (element == ".") continue;
            if (!PathElement.IsValid(element)) throw new FormatException($"'{element}' is not a path element of fieldsV1");
            set._children[element] = Read(inner);
        }

        return set;
    }

    private static FieldSet Combine(FieldSet left, FieldSet right, Func<bool, bool, bool> isMember)
    {
        var result = new FieldSet { IsMember = isMember(left.IsMember, right.IsMember) };
        foreach (var element in left._children.Keys.Union(right._children.Keys))
        {
            var child = Combine(left.Child(element) ?? Empty, right.Child(element) ?? Empty, isMember);
            if (!child.IsEmpty) result._children[element] = child;
        }

        return result;
    }
}
