namespace Operator.Resources.Schemas;

/// <summary>The form of a text, or of every text of a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormAttribute(TextForm form) : Attribute
{
    public TextForm Form => form;
}
