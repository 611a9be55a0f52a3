using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>
/// Builds HTML as a tree, so that whatever a customer or a model wrote is text and can be nothing else. Content is text,
/// an attribute, an element, or a sequence of them.
/// </summary>
internal static class Html
{
    private const char Replacement = '\uFFFD';

    /// <summary>An element with an end tag.</summary>
    public static XElement Element(string name, params object?[] content)
    {
        var element = new XElement(name, Array.ConvertAll(content, Clean));
        // Browsers know no <td/>: it would stay open.
        if (element.IsEmpty)
            element.Value = "";
        return element;
    }

    /// <summary>An element that HTML has without an end tag, or one of SVG.</summary>
    public static XElement Void(string name, params object?[] attributes) => new(name, Array.ConvertAll(attributes, Clean));

    public static XAttribute Attribute(string name, string value) => new(name, Printable(value));

    public static XAttribute Class(string value) => new("class", value);

    /// <summary>A whole page as text.</summary>
    public static string Write(XElement html) => "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";

    private static object? Clean(object? content) => content switch
    {
        string text => Printable(text),
        IEnumerable<string> texts => texts.Select(Printable),
        _ => content,
    };

    /// <summary>Characters that no document may hold, such as NUL or half a surrogate pair, become U+FFFD.</summary>
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                printable.Append(text[i]).Append(text[++i]);
            else
                printable.Append(!char.IsSurrogate(text[i]) && XmlConvert.IsXmlChar(text[i]) ? text[i] : Replacement);
        }

        return printable.ToString();
    }
}
