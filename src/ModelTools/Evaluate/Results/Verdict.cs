using System.Globalization;
using OnnxChat.Evaluation;
using OnnxChat.Evaluation.Comparison;

namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>
/// What a comparison says in plain words. Two metrics decide: bits a byte, which is comparable whatever the vocabulary,
/// and BLEU. With every metric some would differ by chance alone.
/// </summary>
/// <param name="first">The model that is.</param>
/// <param name="second">The one that might take its place.</param>
/// <param name="conversations">How many conversations both were measured on.</param>
/// <param name="differences">Every metric, second less first.</param>
internal sealed class Verdict(string first, string second, int conversations, IEnumerable<MetricDifference> differences)
{
    // Many conversations show differences that no customer would notice.
    private const double SlightBits = 0.01;
    private const double SlightBleu = 0.5;

    private readonly MetricDifference[] _deciding =
        [.. differences.Where(d => d.Metric == Metric.AnswerBitsPerByte || d.Metric == Metric.Bleu)];

    /// <summary>Answers whether the second model costs anything.</summary>
    public string Cost
    {
        get
        {
            var worse = With(Finding.Worse);
            if (worse.Length == 0 && With(Finding.Better).Length > 0)
                return $"{second} costs nothing against {first}.";
            if (worse.Length == 0)
                return $"{second} costs nothing against {first} that {Conversations} can show: {Describe(_deciding)}.";
            return Array.TrueForAll(worse, IsSlight)
                ? $"{second} costs next to nothing against {first}: {Describe(worse)}."
                : $"{second} costs quality against {first}: {Describe(worse)}.";
        }
    }

    /// <summary>Answers whether the second model is better.</summary>
    public string Better
    {
        get
        {
            var (better, worse) = (With(Finding.Better), With(Finding.Worse));
            if (better.Length + worse.Length == 0)
                return $"{second} is not shown to be better than {first}, nor worse: {Conversations} allow both.";
            if (better.Concat(worse).All(IsSlight))
                return $"{second} is as good as {first} in use: what is shown to differ is below 1 % of the bits a byte and half a point of BLEU.";
            return (better.Length > 0, worse.Length > 0) switch
            {
                (true, false) => $"{second} is better than {first}: {Describe(better)}.",
                (false, _) => $"{second} is not better than {first} but worse.",
                _ => $"{second} is better than {first} in {Names(better)} and worse in {Names(worse)}.",
            };
        }
    }

    private string Conversations => string.Create(CultureInfo.InvariantCulture, $"{conversations:N0} conversations");

    private MetricDifference[] With(Finding finding) => [.. _deciding.Where(d => d.Finding == finding)];

    private static bool IsSlight(MetricDifference d) => Math.Abs(d.Value) < (d.Metric == Metric.Bleu ? SlightBleu : SlightBits * d.First);

    private static string Names(MetricDifference[] differences) => string.Join(" and ", differences.Select(d => Name(d.Metric)));

    private static string Describe(MetricDifference[] differences) => string.Join("; ", differences.Select(d =>
        $"{Name(d.Metric)} {Figures.Of(d.Metric, d.First)} to {Figures.Of(d.Metric, d.Second)} ({Figures.Change(d.Metric, d.Value)}, 95 % interval {Figures.Range(d.Metric, d.Interval)})"));

    private static string Name(Metric metric) => metric == Metric.Bleu ? "BLEU" : "bits a byte of the answers";
}
