using OnnxChat.Evaluation;
using OnnxChat.Training.Networks;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Texts;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace OnnxChat.Training.Runs;

/// <summary>Measures the network on conversations that it does not learn from.</summary>
internal sealed class Validator
{
    private const int BatchSize = 64;
    private const int MostReplies = 400;

    private readonly TextEncoder _encoder;
    private readonly IReadOnlyList<(Sample Sample, TrainingText Text)> _texts;
    private readonly ILookup<string, string> _answersByTopic;
    private readonly int _context;

    /// <param name="data">The conversations, and the answers that a topic has.</param>
    /// <param name="context">Most tokens of the model.</param>
    public Validator(TrainingData data, int context)
    {
        _encoder = data.Encoder;
        _context = context;
        _texts = [.. data.Validation.Select(sample => (sample, _encoder.Encode(sample)))];
        _answersByTopic = data.Training.Concat(data.Validation).Where(sample => sample.Topic is not null)
            .Select(sample => (Topic: sample.Topic!, sample.Assistant)).Distinct().ToLookup(answer => answer.Topic, answer => answer.Assistant.Trim());
    }

    /// <summary>Losses over all conversations; replies to some of them, spread evenly.</summary>
    public ValidationScores Measure(Gpt2Network network, CancellationToken cancellationToken)
    {
        using var none = torch.no_grad();
        var likelihoods = new (TokenLikelihood Whole, TokenLikelihood Answer)[_texts.Count];
        foreach (var chunk in Enumerable.Range(0, _texts.Count).OrderBy(i => _texts[i].Text.Tokens.Length).Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Measure(network, chunk, likelihoods);
        }

        var every = Math.Max(1, (_texts.Count + MostReplies - 1) / MostReplies);
        var asked = Enumerable.Range(0, _texts.Count).Where(i => i % every == 0).ToList();
        var replies = new GreedyReplies(network, _encoder, _context).Generate([.. asked.Select(i => Prompt(_texts[i].Text))], cancellationToken);
        var scores = asked.Select((text, i) => ConversationScores.Of(
            replies[i], _texts[text].Sample.Assistant, likelihoods[text].Whole, likelihoods[text].Answer, confidence: 0)).ToList();
        var summary = ScoreSummary.Of(scores);
        var whole = likelihoods.Aggregate(default(TokenLikelihood), (sum, each) => sum + each.Whole);
        var answer = likelihoods.Aggregate(default(TokenLikelihood), (sum, each) => sum + each.Answer);
        return new ValidationScores(whole.Loss, answer.Loss, asked.Count, asked.Where((text, i) => IsRight(_texts[text].Sample, replies[i])).Count())
        {
            Exact = summary.ExactMatch,
            Bleu = summary.Bleu,
            Reward = summary.Reward,
            Penalty = summary.Penalty,
        };
    }

    private static int[] Prompt(TrainingText text) => text.Tokens[..text.AnswerStart];

    private bool IsRight(Sample sample, string reply) =>
        reply == sample.Assistant.Trim() || (sample.Topic is { } topic && _answersByTopic[topic].Contains(reply));

    private void Measure(Gpt2Network network, int[] chunk, (TokenLikelihood Whole, TokenLikelihood Answer)[] likelihoods)
    {
        using var scope = torch.NewDisposeScope();
        var texts = chunk.Select(i => _texts[i].Text with { UserStart = 0 }).ToList();
        var batch = new TokenBatch(texts, LossWeights.Even, _encoder.Padding);
        var hidden = network.Hidden(batch.TokenTensor(network.Device)).index_select(0, batch.PositionTensor(network.Device));
        var losses = functional.cross_entropy(network.Logits(hidden), batch.TargetTensor(network.Device), reduction: Reduction.None).cpu().data<float>().ToArray();
        var at = 0;
        foreach (var i in chunk)
        {
            var text = _texts[i].Text;
            var count = text.Tokens.Length - 1;
            var answers = text.Tokens.Length - text.AnswerStart;
            var own = losses.AsSpan(at, count);
            likelihoods[i] = (Sum(own), Sum(own[^answers..]));
            at += count;
        }
    }

    private static TokenLikelihood Sum(ReadOnlySpan<float> losses)
    {
        var sum = 0.0;
        foreach (var loss in losses)
            sum += loss;
        return new TokenLikelihood(sum, losses.Length);
    }
}
