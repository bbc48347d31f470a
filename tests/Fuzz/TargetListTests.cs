using System.Reflection;
using DnsProtocol;
using Operator.Dns.Routers;
using SstpGateway.Dns.Messages;
using SstpProtocol;

namespace Fuzz;

/// <summary>No reader without a target: what takes bytes and is static is found here;
/// machines and text readers are listed by hand.</summary>
public sealed class TargetListTests
{
    private static readonly string[] Verbs = ["Read", "TryRead", "TryTake", "TrySkip", "TryParse", "Review"];

    [Fact]
    public void Every_reader_of_bytes_has_a_target()
    {
        var covered = FuzzTargets.All.SelectMany(target => target.Readers).ToHashSet();
        var missing = new[]
        {
            typeof(ReadStatus).Assembly, typeof(DnsQuery).Assembly, typeof(DnsName).Assembly,
            typeof(GatewayConfig.GatewayConfiguration).Assembly,
        }
            .SelectMany(assembly => assembly.GetTypes())
            .Concat(typeof(NatPmpMessages).Assembly.GetTypes().Where(type => type.Namespace == typeof(NatPmpMessages).Namespace))
            .Where(type => Readers(type).Any() && !covered.Contains(type))
            .Select(type => type.FullName);

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_target_has_a_name_and_a_folder_of_its_own_and_every_folder_a_target()
    {
        var names = FuzzTargets.All.Select(target => target.Name).Order(StringComparer.Ordinal).ToArray();
        var folders = Directory.GetDirectories(Engine.Corpus.Folder("")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(folders, names);
    }

    [Fact]
    public void The_list_whose_coverage_is_checked_holds_every_type_that_a_target_is_there_for()
    {
        var path = Path.Combine(Engine.Corpus.Folder(""), "readers.txt");
        var types = FuzzTargets.All.SelectMany(target => target.Readers)
            .Select(type => type.FullName!).Distinct().Order(StringComparer.Ordinal);
        if (RecordedCallsTests.Records) File.WriteAllLines(path, types);

        Assert.Equal(types, File.ReadAllLines(path));
    }

    private static IEnumerable<MethodInfo> Readers(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsPrivate && Verbs.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)))
            .Where(method => method.GetParameters().Any(parameter => !parameter.IsOut && TakesBytes(parameter.ParameterType)));

    private static bool TakesBytes(Type type) => (type.IsByRef ? type.GetElementType() : type) == typeof(ReadOnlySpan<byte>);
}
