using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>What Kubernetes' <c>url()</c> gives: an absolute URL, or an absolute path.</summary>
public sealed class UrlValue(ParsedUrl url) : CelValue
{
    public ParsedUrl Url { get; } = url;

    public override CelType Type => CelType.Url;

    public override bool EqualTo(CelValue other) => other is UrlValue u && u.Url.Text == Url.Text;

    public override string ToString() => Url.Text;
}
