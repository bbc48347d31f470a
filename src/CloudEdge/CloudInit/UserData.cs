using System.Globalization;
using CloudEdge.Programs;

namespace CloudEdge.CloudInit;

/// <summary>A text for machines into which values of the cloud go: while it is written, a mark stands for each.</summary>
/// <remarks>
/// Values arrive after the text was quoted for YAML. So only values of letters, digits, <c>.</c>, <c>:</c>, <c>-</c> and
/// <c>_</c> may be placed: addresses and tokens.
/// </remarks>
internal sealed class UserData
{
    private const string Start = "<<edge-value-";
    private const string End = ">>";
    private readonly List<Output<string>> _values = [];

    /// <summary>The mark to write where the value is to be.</summary>
    public string Mark(Output<string> value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"{Start}{_values.Count - 1}{End}");
    }

    /// <summary>The text with the values in place of their marks.</summary>
    public Interpolation Fill(string text)
    {
        var filled = new Interpolation();
        var rest = text.AsSpan();
        while (rest.IndexOf(Start) is >= 0 and var start)
        {
            var number = rest[(start + Start.Length)..];
            var end = number.IndexOf(End);
            filled.Literal(rest[..start].ToString()).Value(_values[int.Parse(number[..end], CultureInfo.InvariantCulture)]);
            rest = number[(end + End.Length)..];
        }
        return filled.Literal(rest.ToString());
    }
}
