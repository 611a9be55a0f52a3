using System.Globalization;
using System.Xml.Linq;
using OnnxChat.Evaluation.Comparison;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>A report as one HTML file that asks nothing of any server and runs no script.</summary>
internal static class ReportPage
{
    private const int MostBadLines = 100;

    public static string Create(EvaluationResult result)
    {
        var title = string.Join(" and ", result.Models.Select(m => m.Model.Label));
        var plots = new EvaluationPlots(result);
        return Html.Write(Html.Element("html", Html.Attribute("lang", "en"),
            Html.Element("head",
                Html.Void("meta", Html.Attribute("charset", "utf-8")),
                Html.Void("meta", Html.Attribute("name", "viewport"), Html.Attribute("content", "width=device-width, initial-scale=1")),
                Html.Void("meta", Html.Attribute("http-equiv", "Content-Security-Policy"), Html.Attribute("content", "default-src 'none'; style-src 'unsafe-inline'")),
                Html.Element("title", $"Evaluation of {title}"),
                Html.Element("style", ReadStyle())),
            Html.Element("body", Html.Element("main",
                Html.Element("header", Html.Element("h1", $"Evaluation of {title}"), Html.Element("p", Summary(result))),
                result.Comparison is { } comparison ? new ComparisonSection(comparison).Create() : null,
                result.Models.Select(m => new ModelSection(m, result.Request, plots).Create()),
                BadLines(result),
                Definitions(result)))));
    }

    private static string Summary(EvaluationResult result)
    {
        var settings = result.Request.Settings;
        var choice = settings.Temperature == 0 ? "the most likely token at every step" : settings.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"sampled as the model folder says, seed {seed}") : "sampled as the model folder says";
        var input = result.Request.Input == "-" ? "standard input" : Path.GetFileName(result.Request.Input);
        return string.Create(CultureInfo.InvariantCulture, $"{result.Models[0].Conversations.Count:N0} conversations of {input}, {choice}, measured on {result.MeasuredAt:yyyy-MM-dd HH:mm} UTC with onnxchat {typeof(ReportPage).Assembly.GetName().Version!.ToString(3)}.");
    }

    private static XElement? BadLines(EvaluationResult result) => result.BadLines.Count == 0 ? null : Html.Element("section",
        Html.Element("h2", string.Create(CultureInfo.InvariantCulture, $"Lines that were not measured ({result.BadLines.Count:N0})")),
        Html.Element("ul", result.BadLines.Take(MostBadLines).Select(b => Html.Element("li", string.Create(CultureInfo.InvariantCulture, $"Line {b.Line}: {b.Reason}")))),
        result.BadLines.Count > MostBadLines ? Html.Element("p", string.Create(CultureInfo.InvariantCulture, $"And {result.BadLines.Count - MostBadLines:N0} more.")) : null);

    private static XElement Definitions(EvaluationResult result)
    {
        (string Term, string Meaning)[] definitions =
        [
            ("Loss", "Mean negative log-likelihood of the given tokens, in nats a token: prompt, wanted answer and end token; answer loss without the prompt. Perplexity is e to its power. Between models with different tokenizers only bits a byte can be compared."),
            ("BLEU", "As sacrebleu: tokenization 13a, for Chinese answers zh; exp smoothing. Over all replies together; for one reply n-grams longer than it do not count against it."),
            ("Reward", "Share of the reply's words that the wanted answer has too, none more often than there."),
            ("Penalty", "Share of the reply's words that repeat the word before them."),
            ("Correct", string.Create(CultureInfo.InvariantCulture, $"Sentence BLEU of {result.Request.CorrectBleu:0.#} or more.")),
            ("Confidence", "Mean log-probability of the reply's tokens, at temperature 1 over the whole vocabulary. Beside it: the probability that a correct reply has more of it than a wrong one."),
            ("Right", "The wanted answer, or any other of its topic, apart from case and white space."),
            ("Score", "The probability that a reply is right, as 'onnxchat calibrate' measured it; below the threshold the question is handed over. Without a calibration the geometric mean of the tokens' probabilities, and nothing is handed over."),
            ("95 % interval", string.Create(CultureInfo.InvariantCulture, $"Paired bootstrap: {PairedBootstrap.Resamples:N0} times conversations are drawn with replacement, the same ones for both models; the middle 95 % of the differences.")),
        ];
        return Html.Element("section",
            Html.Element("h2", "What the figures mean"),
            Html.Element("dl", definitions.Select(d => new[] { Html.Element("dt", d.Term), Html.Element("dd", d.Meaning) })));
    }

    private static string ReadStyle()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(typeof(ReportPage), "report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
