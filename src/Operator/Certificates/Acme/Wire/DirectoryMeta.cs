namespace Operator.Certificates.Acme.Wire;

/// <param name="CaaIdentities">Names that a CAA record has to allow for this CA.</param>
/// <param name="Profiles">Names of the profiles on offer, each with a description (draft-ietf-acme-profiles).</param>
internal sealed record DirectoryMeta(
    string? TermsOfService = null,
    string? Website = null,
    IReadOnlyList<string>? CaaIdentities = null,
    bool ExternalAccountRequired = false,
    IReadOnlyDictionary<string, string>? Profiles = null);
