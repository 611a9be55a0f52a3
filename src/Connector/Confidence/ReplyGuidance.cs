using OnnxChat.Connector.Generation;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Confidence;

/// <summary>
/// Lets the known questions weigh in while a reply begins: answers that the index finds probable become more so for the
/// model. Safe for concurrent use.
/// </summary>
internal sealed class ReplyGuidance
{
    // Less probable answers change nothing.
    private const double LeastProbability = 0.002;

    private readonly QuestionIndex _index;
    private readonly double _strength;
    private readonly ILookup<int, int[]> _starts;

    /// <param name="index">The known questions.</param>
    /// <param name="strength">How much they weigh beside the model; 0 for knowing only what it thinks of their answers.</param>
    /// <param name="folder">The model, for its tokens.</param>
    public ReplyGuidance(QuestionIndex index, double strength, ModelFolder folder)
    {
        _index = index;
        _strength = strength;
        var prompt = folder.Prompts.Template.Render([new Turn(TurnRole.User, "?")], system: null).Characters;
        var before = prompt.Length > 0 && char.IsWhiteSpace(prompt[^1]) ? "" : " ";
        _starts = index.Answers.All
            .Where(answer => answer.Start.Length > 0)
            .Select(answer => (answer.Class, Tokens: folder.Tokenizer.Encode(before + answer.Start)))
            .ToLookup(answer => answer.Class, answer => answer.Tokens.ToArray());
    }

    /// <summary>How a reply to a question may begin.</summary>
    /// <param name="question">What the user asked last.</param>
    /// <param name="guided">Whether that weighs.</param>
    public ReplyHints Of(string question, bool guided) => new(
        [.. _index.Probabilities(question).Where(p => p.Value >= LeastProbability).OrderBy(p => p.Key).SelectMany(p => _starts[p.Key].Select(start => new ReplyHint(p.Key, p.Value, start)))],
        guided ? _strength : 0);
}
