using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>One of the many services that speak dyndns2 or something near it.</summary>
[Rule("self.preset != 'custom' || has(self.endpoint)", "preset custom needs endpoint: give the service's URL")]
public sealed record Dyndns2Provider
{
    /// <summary>Name of a built-in preset, such as <c>noip</c> or <c>dyn</c>;
    /// <c>custom</c> for the plain protocol at <c>endpoint</c>.</summary>
    [Required, MaxLength(64), RegularExpression("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")]
    public string Preset { get; init; } = "";

    /// <summary>The service's URL, up to and without the query. Left out: the preset's.</summary>
    [Form(TextForm.HttpUrl)]
    public string? Endpoint { get; init; }

    /// <summary>The account's name; or give it in a Secret.</summary>
    [Length(1, 256), Form(TextForm.Line)]
    public string? Username { get; init; }

    /// <summary>The account's name, in a Secret.</summary>
    public SecretKeyReference? UsernameSecret { get; init; }

    /// <summary>The account's password or update key.</summary>
    public SecretKeyReference? PasswordSecret { get; init; }

    /// <summary>What some presets want beside these, such as a zone or a record's number.</summary>
    [MapBounds(16, TextForm.DataKey, TextForm.Line)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
