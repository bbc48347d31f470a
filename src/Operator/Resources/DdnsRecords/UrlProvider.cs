using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Any service that is updated by fetching a URL.</summary>
public sealed record UrlProvider
{
    /// <summary>The URL; <c>{fqdn}</c>, <c>{ipv4}</c>, <c>{ipv6}</c>, <c>{username}</c>,
    /// <c>{password}</c> and <c>{ttl}</c> are filled in, escaped.</summary>
    [Required, MaxLength(2048), RegularExpression("^https?://[^ ]+$")]
    public string Template { get; init; } = "";

    /// <summary>HTTP method.</summary>
    public HttpVerb Method { get; init; } = HttpVerb.Get;

    /// <summary>Fills <c>{username}</c>, or is the user of HTTP Basic authentication with <c>basicAuthentication</c>.</summary>
    public SecretKeyReference? UsernameSecret { get; init; }

    /// <summary>Fills <c>{password}</c>, or is the password of HTTP Basic
    /// authentication with <c>basicAuthentication</c>.</summary>
    public SecretKeyReference? PasswordSecret { get; init; }

    /// <summary>Send user and password as HTTP Basic authentication.</summary>
    public bool BasicAuthentication { get; init; }

    /// <summary>Expressions of which one must match the whole answer, or a line of it, for an update that was taken.
    /// Anything that no list matches is unknown, and is tried again later.</summary>
    [Required, Length(1, 16), Form(TextForm.Expression)]
    public IReadOnlyList<string> Success { get; init; } = [];

    /// <summary>Answers that ask for patience.</summary>
    [MaxLength(16), Form(TextForm.Expression)]
    public IReadOnlyList<string> Wait { get; init; } = [];

    /// <summary>Answers after which a person has to act: wrong password, unknown name, abuse.</summary>
    [MaxLength(16), Form(TextForm.Expression)]
    public IReadOnlyList<string> Permanent { get; init; } = [];
}
