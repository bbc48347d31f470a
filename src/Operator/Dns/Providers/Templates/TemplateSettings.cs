using System.Collections.Immutable;
using Operator.Dns.Names;

namespace Operator.Dns.Providers.Templates;

/// <summary>All that is to be known of a service whose updates are one GET: a preset, or what the user wrote.</summary>
/// <param name="Url">A <see cref="UrlTemplate"/>; https, unless the user allows otherwise.</param>
public sealed record TemplateSettings(string Url)
{
    /// <summary>For IPv6 where the service has another address for it; null: the same.</summary>
    public string? Ipv6Url { get; init; }

    public FamilyMode Families { get; init; } = FamilyMode.Together;

    public AnswerGrammar Grammar { get; init; } = AnswerGrammar.Dyndns2;

    /// <summary>For <see cref="AnswerGrammar.Patterns"/>; the first that matches decides.</summary>
    public ImmutableArray<AnswerRule> Rules { get; init; } = [];

    /// <summary>User and password go into the Authorization header. Otherwise the template has places for them.</summary>
    public bool BasicAuthentication { get; init; } = true;

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Another user name than the account's: some services want the host name there.</summary>
    public string? UserTemplate { get; init; }

    /// <summary>The zone, for services that want host and zone apart.</summary>
    public DomainName? Zone { get; init; }

    public string User { get; init; } = "";

    /// <summary>Password, update key or token.</summary>
    public string Password { get; init; } = "";

    /// <summary>Names in one request, with commas, where the service documents that; dyndns2 takes 20 at most.</summary>
    public int NamesARequest { get; init; } = 1;

    public TimeSpan MinInterval { get; init; } = TimeSpan.Zero;

    public TimeSpan? RefreshAfter { get; init; }

    /// <summary>Keeps the password out of whatever prints a record.</summary>
    public override string ToString() => $"TemplateSettings {{ Url = {Url} }}";
}
