using System.Globalization;
using System.Xml.Linq;
using OnnxChat.Evaluation;
using OnnxChat.Evaluation.Comparison;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>Two models side by side.</summary>
internal sealed class ComparisonSection(ModelComparison comparison)
{
    private const int MostChanges = 10;

    public XElement Create()
    {
        var verdict = comparison.Verdict;
        return Html.Element("section",
            Html.Element("h2", "Comparison"),
            Html.Element("div", Html.Class("verdict"), Html.Element("p", verdict.Cost), Html.Element("p", verdict.Better)),
            comparison.Caution is { } caution ? Html.Element("p", caution) : null,
            Differences(),
            Changes());
    }

    private XElement Differences() => Html.Element("div", Html.Class("wide"), Html.Element("table",
        Html.Element("thead", Html.Element("tr",
            Html.Element("th", "Metric"),
            Html.Element("th", Html.Class("number"), comparison.First.Model.Label),
            Html.Element("th", Html.Class("number"), comparison.Second.Model.Label),
            Html.Element("th", Html.Class("number"), "Difference"),
            Html.Element("th", Html.Class("number"), "95 % interval"),
            Html.Element("th", "Around 0"),
            Html.Element("th", "Shown"))),
        Html.Element("tbody", comparison.Differences.Select(Row))));

    private static XElement Row(MetricDifference d) => Html.Element("tr",
        Html.Element("th", Html.Attribute("scope", "row"), d.Metric.Title),
        Number(Figures.Of(d.Metric, d.First)),
        Number(Figures.Of(d.Metric, d.Second)),
        Number(Figures.Change(d.Metric, d.Value)),
        Number(Figures.Range(d.Metric, d.Interval)),
        Html.Element("td", IntervalBar.Of(d)),
        Html.Element("td", Html.Class("shown " + IntervalBar.Class(d.Finding)), d.Finding switch
        {
            Finding.Better => "better",
            Finding.Worse => "worse",
            _ => d.Metric.Better == BetterWhen.Neither ? "neither is better" : "no difference",
        }));

    private XElement Changes()
    {
        var changed = comparison.First.Conversations.Zip(comparison.Second.Conversations)
            .Select(pair => (pair.First, pair.Second, Change: pair.Second.Scores.SentenceBleu - pair.First.Scores.SentenceBleu))
            .Where(c => c.Change != 0)
            .OrderByDescending(c => Math.Abs(c.Change))
            .ToList();
        if (changed.Count == 0)
            return Html.Element("p", "No reply has another sentence BLEU.");

        return Html.Element("details", Html.Attribute("open", "open"),
            Html.Element("summary", string.Create(CultureInfo.InvariantCulture, $"Replies that changed most ({Math.Min(MostChanges, changed.Count)} of {changed.Count:N0})")),
            Html.Element("div", Html.Class("wide"), Html.Element("table", Html.Class("items"),
                Html.Element("thead", Html.Element("tr",
                    Html.Element("th", Html.Class("number"), "Line"),
                    Html.Element("th", "Question"),
                    Html.Element("th", "Wanted"),
                    Html.Element("th", comparison.First.Model.Label),
                    Html.Element("th", comparison.Second.Model.Label),
                    Html.Element("th", Html.Class("number"), "BLEU"))),
                Html.Element("tbody", changed.Take(MostChanges).Select(c => Html.Element("tr",
                    Number(c.First.Conversation.Line.ToString(CultureInfo.InvariantCulture)),
                    ItemTable.Text(c.First.Conversation.User),
                    ItemTable.Text(c.First.Conversation.Assistant),
                    ItemTable.Text(c.First.Reply),
                    ItemTable.Text(c.Second.Reply),
                    Number(string.Create(CultureInfo.InvariantCulture, $"{c.Change:+0.0;-0.0}"))))))));
    }

    private static XElement Number(string text) => Html.Element("td", Html.Class("number"), text);
}
