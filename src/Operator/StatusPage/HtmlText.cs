using System.Net;
using System.Text;

namespace Operator.StatusPage;

/// <summary>HTML in the making. Only <see cref="Raw"/> writes marks; whatever comes from an object goes through <see cref="Text"/>.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    public HtmlText Raw(string html)
    {
        _html.Append(html);
        return this;
    }

    public HtmlText Text(string? text)
    {
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    /// <param name="text">A dash stands for what is not there.</param>
    public HtmlText Cell(string? text) => Raw("<td>").Text(string.IsNullOrEmpty(text) ? "–" : text).Raw("</td>");

    public override string ToString() => _html.ToString();
}
