using System.Text;

namespace Operator.Gateways.Profiles.Texts;

/// <summary>Values in GLib's key files, as NetworkManager reads them.</summary>
public static class KeyfileText
{
    /// <summary>Backslashes, control characters, and blanks at the beginning, which a reader would take for layout.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder();
        var isLeading = true;
        foreach (var c in value)
        {
            isLeading &= c is ' ' or '\t';
            escaped.Append(c switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                ' ' when isLeading => @"\s",
                _ => c.ToString(),
            });
        }
        // A reader may take blanks at the end for layout, too.
        if (!isLeading && value.EndsWith(' '))
        {
            var end = escaped.Length;
            var blanks = 0;
            while (escaped[end - 1 - blanks] == ' ') blanks++;
            escaped.Length -= blanks;
            for (var i = 0; i < blanks; i++) escaped.Append(@"\s");
        }
        return escaped.ToString();
    }
}
