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

    /// <summary>Looks up what is known of a question.</summary>
    /// <param name="question">What the user asked last.</param>
    public QuestionLookup Look(string question) => _index.Look(question);

    /// <summary>How a reply to a question may begin.</summary>
    /// <param name="question">What the index says of it.</param>
    /// <param name="guided">Whether that weighs.</param>
    public ReplyHints Of(QuestionLookup question, bool guided) => new(
        [.. question.Probabilities.Where(p => question.IsKnown && p.Value >= LeastProbability && _starts.Contains(p.Key)).OrderBy(p => p.Key).Select(p => new ReplyHint(p.Value, [.. _starts[p.Key]]))],
        guided ? _strength : 0);
}
