using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Operator.Resources.Schemas;

/// <summary>What the XML documentation file of the build says about the resources' types, properties and enum members.</summary>
public sealed partial class Documentation
{
    private readonly Dictionary<string, string> _summaries;

    private Documentation(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads the file beside this program.</summary>
    /// <exception cref="FileNotFoundException">It was not shipped with the program; generating is for builds.</exception>
    public static Documentation Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{typeof(Documentation).Assembly.GetName().Name}.xml");
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} is missing; run this from a build of the sources");

        return new Documentation(XDocument.Load(path).Descendants("member")
            .Where(member =>
                member.Attribute("name")!.Value[1..].StartsWith($":{typeof(ApiGroup).Namespace}.", StringComparison.Ordinal))
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")!)));
    }

    /// <summary>With code in backticks; empty when there is no comment.</summary>
    public string Of(PropertyInfo property) =>
        _summaries.GetValueOrDefault($"P:{TypeName(property.DeclaringType!)}.{property.Name}", "");

    public string Of(Type type) => _summaries.GetValueOrDefault($"T:{TypeName(type)}", "");

    public string OfMember(Type enumType, string member) => _summaries.GetValueOrDefault($"F:{TypeName(enumType)}.{member}", "");

    private static string TypeName(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string TextOf(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => $"`{LastName(see.Attribute("cref")!.Value)}`",
                XText plain => plain.Value,
                _ => throw new InvalidOperationException(
                    $"the comment '{summary.Value.Trim()}' has a <{node}> that the reference cannot show"),
            });
        }
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static string LastName(string cref) => cref[(cref.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
