namespace LocalControlPlane.Cel.Types;

/// <summary>Whether a value of one type can stand where another is wanted,
/// and what the parameters of a signature then are.</summary>
internal sealed class CelTypeMatch
{
    private readonly Dictionary<string, CelType> _bound = [];

    public bool Accepts(CelType wanted, CelType given)
    {
        if (wanted.Kind == CelTypeKind.Parameter)
        {
            if (!_bound.TryGetValue(wanted.Name, out var bound) || bound.Kind == CelTypeKind.Dyn)
            {
                if (bound is null) _bound[wanted.Name] = given;
                return true;
            }

            if (IsVague(bound) && new CelTypeMatch().Accepts(bound, given))
            {
                _bound[wanted.Name] = given;
                return true;
            }

            return Accepts(bound, given);
        }

        if (wanted.Kind == CelTypeKind.Dyn || given.Kind == CelTypeKind.Dyn) return true;
        if (given.Kind == CelTypeKind.Null)
            return wanted.Kind is CelTypeKind.Null or CelTypeKind.Object or CelTypeKind.Timestamp or CelTypeKind.Duration;
        if (wanted.Kind == CelTypeKind.Null)
            return given.Kind is CelTypeKind.Object or CelTypeKind.Timestamp or CelTypeKind.Duration;
        if (wanted.Kind != given.Kind || wanted.Name != given.Name) return false;
        return wanted.Arguments.Zip(given.Arguments).All(pair => Accepts(pair.First, pair.Second));
    }

    public CelType Resolve(CelType type) => type switch
    {
        { Kind: CelTypeKind.Parameter } => _bound.GetValueOrDefault(type.Name, CelType.Dyn),
        { Arguments.Count: > 0 } => type with { Arguments = [.. type.Arguments.Select(Resolve)] },
        _ => type,
    };

    /// <summary>Such as the type of <c>[]</c>, which any list refines.</summary>
    private static bool IsVague(CelType type) =>
        type.Arguments.Any(a => a.Kind == CelTypeKind.Dyn || IsVague(a)) || type.Kind == CelTypeKind.Null;
}
