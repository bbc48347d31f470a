using System.Net;
using System.Text;

namespace Operator.StatusPage;

/// <summary>HTML in the making. Only <see cref="Raw"/> writes marks;
/// whatever comes from an object goes through <see cref="Text"/>.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();
    private IReadOnlyList<string> _columns = [];
    private int _column;

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

    /// <summary>Begins a row of a table. On a narrow screen each cell stands alone, so each carries its column's title.</summary>
    public HtmlText Row(IReadOnlyList<string> columns)
    {
        (_columns, _column) = (columns, 0);
        return Raw("<tr role=\"row\">");
    }

    /// <summary>Opens the cell that says what the row is about.</summary>
    public HtmlText RowTitle()
    {
        _column++;
        return Raw("<th scope=\"row\" role=\"rowheader\">");
    }

    /// <summary>Opens another cell.</summary>
    public HtmlText Cell() => Raw("<td role=\"cell\" data-title=\"").Text(_columns[_column++]).Raw("\">");

    /// <param name="text">A dash stands for what is not there.</param>
    public HtmlText Cell(string? text) => Cell().Text(string.IsNullOrEmpty(text) ? "–" : text).Raw("</td>");

    public override string ToString() => _html.ToString();
}
