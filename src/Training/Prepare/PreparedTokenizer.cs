using OnnxChat.Gpt2.Export;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Vocabulary;

namespace OnnxChat.Training.Prepare;

/// <summary>The tokenizer and the template that belong to prepared samples.</summary>
/// <param name="Tokenizer">It has the card's tokens.</param>
/// <param name="Template">How questions become prompts.</param>
internal sealed record PreparedTokenizer(TokenizerFolder Tokenizer, ModelTemplate Template)
{
    // The card's ends with a space, which byte-level BPE keeps apart from the answer's first word.
    private static readonly PromptTemplate WithoutSpace = new(PromptTemplate.Card.Prompt.TrimEnd());

    public static PreparedTokenizer Of(PrepareRequest request, IEnumerable<Sample> training, CancellationToken cancellationToken)
    {
        var kept = request.Tokenizer is { } folder ? TokenizerFolder.Read(folder) : null;
        var template = request.Template is { } file ? ModelTemplateFile.Read(file) : Default(kept);
        var tokenizer = kept ?? VocabularyTrainer.Train(Words(training, template), request.Vocabulary, cancellationToken);
        return new PreparedTokenizer(tokenizer.WithCardTokens(), template);
    }

    // A tokenizer with all of the card's tokens is from a model that was trained on the card's prompt.
    private static PromptTemplate Default(TokenizerFolder? kept) =>
        kept is not null && CardTokens.InOrder.All(token => kept.TryGetId(token, out _)) ? PromptTemplate.Card : WithoutSpace;

    // As they stand in prompts: between spaces.
    private static WordCounts Words(IEnumerable<Sample> samples, ModelTemplate template)
    {
        var words = new WordCounts();
        var system = (template as PromptTemplate ?? PromptTemplate.Card).System;
        foreach (var sample in samples)
        {
            words.Add($" {sample.User} ");
            words.Add($" {sample.Assistant}");
            // Every prompt has it.
            words.Add($" {sample.System ?? system} ");
        }

        return words;
    }
}
