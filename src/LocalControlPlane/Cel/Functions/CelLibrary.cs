namespace LocalControlPlane.Cel.Functions;

/// <summary>
/// Every function a rule may call on Kubernetes 1.26: the standard ones, the string extension, and Kubernetes' own for
/// lists, regular expressions and URLs. What later versions added (quantities, addresses, formats) is left out on
/// purpose: a rule that works here must work there.
/// </summary>
internal static class CelLibrary
{
    private static readonly Dictionary<(string Name, bool IsMember), IReadOnlyList<CelFunction>> ByName = new[]
        {
            OperatorFunctions.All, ConversionFunctions.All, StringFunctions.All, TimeFunctions.All, ListFunctions.All,
            RegexFunctions.All, UrlFunctions.All,
        }
        .SelectMany(functions => functions)
        .GroupBy(function => (function.Name, function.IsMember))
        .ToDictionary(group => group.Key, group => (IReadOnlyList<CelFunction>)[.. group]);

    /// <summary>All overloads of a name; empty when there is none.</summary>
    public static IReadOnlyList<CelFunction> Overloads(string name, bool isMember) =>
        ByName.GetValueOrDefault((name, isMember), []);
}
