using System.Reflection;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Resources.Schemas;

/// <summary>The kinds of the group.</summary>
public static class ResourceKinds
{
    public static IReadOnlyList<Type> All { get; } = [typeof(VpnGateway), typeof(DdnsRecord), typeof(SstpCertificate)];

    /// <summary>The record of a kind, or null when the group has no such kind.</summary>
    public static Type? Find(string kind) => All.FirstOrDefault(type => type.Name == kind);

    public static string Plural(Type kind) => kind.GetCustomAttribute<ResourceKindAttribute>()!.Plural;

    public static string ShortName(Type kind) => kind.GetCustomAttribute<ResourceKindAttribute>()!.ShortName;

    public static ValueShape.Section Spec(Type kind) => ShapeReader.Read(kind.GetProperty("Spec")!.PropertyType);

    public static ValueShape.Section Status(Type kind) => ShapeReader.Read(kind.GetProperty("Status")!.PropertyType);
}
