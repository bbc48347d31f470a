namespace Operator.Gateways.Profiles.Texts;

/// <summary>Values in Windows' phone books, which know no way to quote.</summary>
public static class PhoneBookText
{
    /// <exception cref="ArgumentException">The value has a character that would end it;
    /// names of objects and of DNS have none.</exception>
    public static string Plain(string value) => value.All(c => !char.IsControl(c) && c is not ('[' or ']'))
        ? value
        : throw new ArgumentException($"\"{value}\" cannot stand in a phone book.", nameof(value));
}
