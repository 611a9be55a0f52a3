using System.Collections.Concurrent;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Texts;

/// <summary>
/// Encodes conversations as they will be served: exactly the tokens that the connector sends, then the answer encoded on
/// its own. A space that would stand in both is the prompt's.
/// </summary>
internal sealed class TextEncoder
{
    private const string UserPlace = "{user}";
    private const string SystemPlace = "{system}";

    private readonly ModelTokenizer _tokenizer;
    private readonly MergeTable _merges;
    private readonly PromptTemplate _template;
    private readonly IReadOnlyList<TextSegment> _segments;
    private readonly int _end;

    // The same texts come again in every epoch.
    private readonly ConcurrentDictionary<string, IReadOnlyList<int>> _fixed = new(StringComparer.Ordinal);

    public TextEncoder(string tokenizerFolder, ModelTemplate template)
    {
        _template = template as PromptTemplate
            ?? throw new UserException("The template is one of whole conversations; training takes a template of one question, with \"prompt\".");
        Folder = TokenizerFolder.Read(tokenizerFolder);
        _tokenizer = new ModelTokenizer(TokenizerFile.Read(Path.Combine(tokenizerFolder, "tokenizer.json")));
        _merges = new MergeTable(Folder);
        _segments = _tokenizer.SplitAtControls(_template.Prompt);
        if (!Folder.TryGetId(CardTokens.End, out _end) || !Folder.TryGetId(CardTokens.Padding, out var padding))
            throw new UserException($"{tokenizerFolder} has no {CardTokens.End} or no {CardTokens.Padding}; make the folder with 'onnxchat-train prepare'.");
        Padding = padding;
    }

    public TokenizerFolder Folder { get; }

    /// <summary>The token that fills up a batch's rows.</summary>
    public int Padding { get; }

    public int End => _end;

    /// <summary>The tokens of a conversation.</summary>
    public TrainingText Encode(Sample sample)
    {
        var (prompt, user) = Prompt(sample.User, sample.System, text => _tokenizer.Encode(text));
        return new TrainingText([.. prompt, .. Answer(sample.Assistant)], user, prompt.Count);
    }

    /// <summary>The tokens of a conversation, its question written and cut in another way each time.</summary>
    /// <param name="sample">The conversation.</param>
    /// <param name="errors">Probability of typing errors and of words left out or moved, see <see cref="TextNoise"/> and <see cref="WordNoise"/>.</param>
    /// <param name="dropout">Probability that a merge is left out.</param>
    /// <param name="random">What chance comes from.</param>
    public TrainingText EncodeVaried(Sample sample, double errors, double dropout, SeededRandom random)
    {
        var question = errors > 0 ? TextNoise.Apply(WordNoise.Apply(sample.User, errors, random), errors, random) : sample.User;
        var (prompt, user) = Prompt(question, sample.System, text => dropout > 0 ? _merges.Encode(text, dropout, random) : _tokenizer.Encode(text));
        return new TrainingText([.. prompt, .. Answer(sample.Assistant)], user, prompt.Count);
    }

    /// <summary>The text of a reply: what stands before its end, without the spaces around it.</summary>
    public string Decode(IEnumerable<int> reply)
    {
        var bytes = new List<byte>();
        foreach (var token in reply.TakeWhile(token => !_tokenizer.IsControl(token)))
            bytes.AddRange(_tokenizer.GetBytes(token));
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray()).Trim();
    }

    private List<int> Answer(string answer) =>
        [.. Fixed(_template.Prompt.EndsWith(' ') ? $"{answer} " : $" {answer} "), _end];

    private IReadOnlyList<int> Fixed(string text) => _fixed.GetOrAdd(text, static (text, tokenizer) => tokenizer.Encode(text), _tokenizer);

    private (List<int> Tokens, int UserStart) Prompt(string question, string? system, Func<string, IReadOnlyList<int>> encodeQuestion)
    {
        var tokens = new List<int>();
        var userStart = 0;
        foreach (var segment in _segments)
        {
            if (segment.Control is { } control)
            {
                tokens.Add(control);
                continue;
            }

            // A place is filled where the template has it, not where somebody wrote it.
            var parts = segment.Text.Split(UserPlace);
            var text = string.Join(question, parts.Select(part => part.Replace(SystemPlace, system ?? _template.System, StringComparison.Ordinal)));
            if (parts.Length > 1)
                userStart = tokens.Count;
            tokens.AddRange(parts.Length > 1 ? encodeQuestion(text) : Fixed(text));
        }

        return (tokens, userStart);
    }
}
