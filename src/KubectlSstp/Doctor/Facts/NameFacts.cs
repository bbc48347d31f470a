namespace KubectlSstp.Doctor.Facts;

/// <summary>What one server says of the gateway's name.</summary>
/// <param name="Server">Its name and address.</param>
/// <param name="IsAuthoritative">One of the zone's servers; else a resolver.</param>
/// <param name="Addresses">Those it gives; empty when it gives none.</param>
/// <param name="Problem">Why it gives none, as it said it.</param>
/// <param name="Exists">False when it says that there is no such name.</param>
internal sealed record NameFacts(
    string Server, bool IsAuthoritative, IReadOnlyList<string> Addresses, string? Problem, bool Exists = true);
