using System.Globalization;
using System.Xml.Linq;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>The pictures of one model. Two models of a report have the same axes, so that they can be compared by eye.</summary>
internal sealed class EvaluationPlots
{
    private const int BleuBins = 20;
    private const int LossBins = 24;
    private const int MostMarks = 2000;

    // One answer that a model never saw must not press all others into the first bar.
    private const double UsualShare = 0.98;

    private readonly double _mostLoss;
    private readonly bool _lossesBeyond;
    private readonly double _leastConfidence;

    public EvaluationPlots(EvaluationResult result)
    {
        var all = result.Models.SelectMany(m => m.Conversations).Select(c => c.Scores).ToList();
        var losses = all.Select(s => s.Answer.Loss).Order().ToList();
        _mostLoss = losses[(int)(UsualShare * (losses.Count - 1))];
        _lossesBeyond = losses[^1] > _mostLoss;
        _leastConfidence = all.Min(s => s.Confidence);
    }

    public IEnumerable<XElement> Of(ModelEvaluation model) =>
    [
        Figure("Sentence BLEU of the replies", Histogram(model, "Replies by sentence BLEU", "sentence BLEU", 100, BleuBins, c => c.Scores.SentenceBleu)),
        Figure("Loss of the wanted answers" + (_lossesBeyond ? "; the last bar holds all above it too" : ""), Histogram(model, "Conversations by the loss of their wanted answer", "nats a token", _mostLoss, LossBins, c => c.Scores.Answer.Loss)),
        Figure("Confidence against sentence BLEU: ring correct, cross wrong", Scatter(model)),
        Figure("Correct replies by confidence, in groups of equal size", Groups(model)),
        Figure(AnswerCurvePlot.Caption(model), AnswerCurvePlot.Create(model)),
    ];

    private static XElement Figure(string caption, XElement picture) => Html.Element("figure", Html.Element("figcaption", caption), picture);

    private static XElement Histogram(ModelEvaluation model, string description, string title, double most, int bins, Func<EvaluatedConversation, double> value)
    {
        var x = new PlotAxis(title, 0, most);
        var counts = new int[bins];
        foreach (var conversation in model.Conversations)
            counts[Math.Min(bins - 1, (int)(x.Place(value(conversation)) * bins))]++;

        var plot = new Plot(description, x, new PlotAxis("conversations", 0, Math.Max(5, counts.Max()), "0"));
        var width = (x.Most - x.Least) / bins;
        for (var bin = 0; bin < bins; bin++)
        {
            if (counts[bin] > 0)
                plot.Bar(x.Least + (bin * width), x.Least + ((bin + 1) * width), counts[bin], string.Create(CultureInfo.InvariantCulture, $"{x.Least + (bin * width):0.##} to {x.Least + ((bin + 1) * width):0.##}: {counts[bin]}"));
        }

        return plot.Svg;
    }

    private XElement Scatter(ModelEvaluation model)
    {
        var plot = new Plot("Confidence of each reply against its sentence BLEU", new PlotAxis("confidence, nats a token", _leastConfidence, 0), new PlotAxis("sentence BLEU", 0, 100));
        // Evenly over the input: more marks would only hide each other.
        var every = 1 + ((model.Conversations.Count - 1) / MostMarks);
        foreach (var item in model.Conversations.Where((_, i) => i % every == 0))
            plot.Mark(item.Scores.Confidence, item.Scores.SentenceBleu, item.Correct, string.Create(CultureInfo.InvariantCulture, $"Line {item.Conversation.Line}: confidence {item.Scores.Confidence:0.000}, BLEU {item.Scores.SentenceBleu:0.0}"));
        return plot.Svg;
    }

    private static XElement Groups(ModelEvaluation model)
    {
        var groups = model.Confidence.Groups;
        var plot = new Plot("Share of correct replies in groups of rising confidence", new PlotAxis("replies from the least to the most confident, %", 0, 100), new PlotAxis("correct, %", 0, 100));
        var width = 100.0 / groups.Count;
        for (var i = 0; i < groups.Count; i++)
            plot.Bar(i * width, (i + 1) * width, 100 * groups[i].Share, string.Create(CultureInfo.InvariantCulture, $"Confidence {groups[i].Lowest:0.000} to {groups[i].Highest:0.000}: {groups[i].Correct} of {groups[i].Count} correct"));
        return plot.Svg;
    }
}
