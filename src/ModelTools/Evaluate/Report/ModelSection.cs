using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using OnnxChat.Evaluation;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>How one model did.</summary>
internal sealed class ModelSection(ModelEvaluation evaluation, EvaluateRequest request, EvaluationPlots plots)
{
    private const int MostItems = 10;

    private static readonly string[] AnsweringTitles = ["Questions", "Answered right", "Answered wrong", "Handed over", "Refused or handed over"];

    public XElement Create()
    {
        var ranked = evaluation.Conversations.OrderBy(c => c.Scores.SentenceBleu).ThenByDescending(c => c.Scores.Answer.Loss).ToList();
        var few = Math.Min(MostItems, ranked.Count);
        return Html.Element("section",
            Html.Element("h2", evaluation.Model.Label),
            Html.Element("p", Html.Class("source"), "Prompt ", Code(evaluation.Model.Prompt), ", answers as ", Code(evaluation.Model.AnswerForm), ", folder ", Html.Element("code", evaluation.Model.Path)),
            Html.Element("div", Html.Class("tiles"), Tiles()),
            Metrics(),
            AnsweringTable(),
            Html.Element("div", Html.Class("plots"), plots.Of(evaluation)),
            ItemTable.Create(Title("Worst replies", few), open: true, ranked[..few]),
            ItemTable.Create(Title("Best replies", few), open: false, [.. ranked.AsEnumerable().Reverse().Take(few)]));
    }

    private IEnumerable<XElement> Tiles() =>
    [
        Tile("BLEU", Figures.Of(Metric.Bleu, evaluation.Overall.Bleu), "corpus, 0 to 100"),
        Tile("Correct", Figures.Percent(evaluation.Correct), string.Create(CultureInfo.InvariantCulture, $"sentence BLEU {request.CorrectBleu:0.#} or more")),
        Tile("Exact match", Figures.Percent(evaluation.Overall.ExactMatch), "word for word"),
        Tile("Answer loss", Figures.Of(Metric.AnswerLoss, evaluation.Overall.AnswerLoss), "nats a token"),
        Tile("Confidence", evaluation.Confidence.Separation is { } s ? s.ToString("0.00", CultureInfo.InvariantCulture) : "none", "tells correct from wrong; 0.5 is chance"),
        Tile("Speed", evaluation.Speed.TokensPerSecond.ToString("N0", CultureInfo.InvariantCulture), "tokens a second, up to 32 replies at once"),
    ];

    private XElement Metrics() => Html.Element("div", Html.Class("wide"), Html.Element("table",
        Html.Element("thead", Html.Element("tr",
            Html.Element("th", "Metric"),
            Html.Element("th", "Unit or range"),
            Html.Element("th", Html.Class("number"), "All"),
            evaluation.Languages.Select(l => Html.Element("th", Html.Class("number"), LanguageName(l.Language))))),
        Html.Element("tbody",
            Row("Conversations", "", s => s.Count.ToString("N0", CultureInfo.InvariantCulture)),
            Metric.All.Select(m => Row(m.Title, m.Unit, s => Figures.Of(m, m.Value(s)))))));

    private XElement AnsweringTable() => Html.Element("div", Html.Class("wide"), Html.Element("table",
        Html.Element("thead", Html.Element("tr",
            Html.Element("th", evaluation.IsCalibrated ? "At the threshold" : "Not calibrated: every reply stands"),
            AnsweringTitles.Select(t => Html.Element("th", Html.Class("number"), t)))),
        Html.Element("tbody", evaluation.Answering.Select(g => Html.Element("tr",
            Html.Element("th", Html.Attribute("scope", "row"), g.Name),
            new[] { g.Questions.ToString("N0", CultureInfo.InvariantCulture), Figures.Percent(g.AtThreshold.AnsweredRight), Figures.Percent(g.AtThreshold.AnsweredWrong), Figures.Percent(g.AtThreshold.HandedOver), Figures.Percent(g.RefusedOrHandedOver) }
                .Select(value => Html.Element("td", Html.Class("number"), value)))))));

    private XElement Row(string title, string unit, Func<ScoreSummary, string> value) => Html.Element("tr",
        Html.Element("th", Html.Attribute("scope", "row"), title),
        Html.Element("td", Html.Class("unit"), unit),
        Html.Element("td", Html.Class("number"), value(evaluation.Overall)),
        evaluation.Languages.Select(l => Html.Element("td", Html.Class("number"), value(l.Summary))));

    private static XElement Tile(string title, string value, string note) => Html.Element("div", Html.Class("tile"),
        Html.Element("span", Html.Class("name"), title), Html.Element("strong", value), Html.Element("span", Html.Class("note"), note));

    private static string LanguageName(TextLanguage language) => language == TextLanguage.Chinese ? "Chinese" : "English and others";

    private static string Title(string what, int count) => string.Create(CultureInfo.InvariantCulture, $"{what} ({count} by sentence BLEU)");

    // In quotes, so that a space at the end can be seen.
    private static XElement Code(string text) => Html.Element("code", JsonSerializer.Serialize(text, JsonText.Options));
}
