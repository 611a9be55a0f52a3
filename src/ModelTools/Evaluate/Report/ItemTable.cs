using System.Globalization;
using System.Xml.Linq;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>Conversations with what was wanted, what came, and their scores.</summary>
internal static class ItemTable
{
    private static readonly string[] Scores = ["BLEU", "Answer loss", "Confidence"];

    public static XElement Create(string title, bool open, IReadOnlyList<EvaluatedConversation> items) => Html.Element("details",
        open ? Html.Attribute("open", "open") : null,
        Html.Element("summary", title),
        Html.Element("div", Html.Class("wide"), Html.Element("table", Html.Class("items"),
            Html.Element("thead", Html.Element("tr",
                Html.Element("th", Html.Class("number"), "Line"),
                Html.Element("th", "Question"),
                Html.Element("th", "Wanted"),
                Html.Element("th", "Reply"),
                Scores.Select(score => Html.Element("th", Html.Class("number"), score)))),
            Html.Element("tbody", items.Select(Row)))));

    /// <summary>A cell with text that somebody or a model wrote.</summary>
    public static XElement Text(string text) => Html.Element("td", Html.Class("text"), Html.Attribute("dir", "auto"), text);

    private static XElement Row(EvaluatedConversation item)
    {
        var invariant = CultureInfo.InvariantCulture;
        return Html.Element("tr",
            Number(item.Conversation.Line.ToString(invariant)),
            Text(item.Conversation.User),
            Text(item.Conversation.Assistant),
            Html.Element("td", Html.Class("text"), Html.Attribute("dir", "auto"), item.Reply, item.Ended ? null : Html.Element("span", Html.Class("cut"), "cut off")),
            Number(item.Scores.SentenceBleu.ToString("0.0", invariant)),
            Number(item.Scores.Answer.Loss.ToString("0.000", invariant)),
            Number(item.Scores.Confidence.ToString("0.000", invariant)));
    }

    private static XElement Number(string text) => Html.Element("td", Html.Class("number"), text);
}
