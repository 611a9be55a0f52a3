using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tokenization;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Evaluate.Models;

/// <summary>
/// How the texts that a model was trained on write an answer after the prompt, end token included. The loss is that of
/// exactly these tokens.
/// </summary>
internal sealed class AnswerForm
{
    private const string AnswerPlace = "{assistant}";

    private readonly ModelTokenizer _tokenizer;
    private readonly string _form;

    /// <param name="form">Text with <c>{assistant}</c> once; null for <c> {assistant} </c> and the model's end token.</param>
    /// <param name="folder">The model.</param>
    /// <param name="prompt">Its prompt; where that ends with a space, the form's first space is that one.</param>
    /// <exception cref="UserException">The form has no place for the answer, or has it twice.</exception>
    public AnswerForm(string? form, ModelFolder folder, string prompt)
    {
        _tokenizer = folder.Tokenizer;
        _form = form ?? $" {AnswerPlace} {EndMarker(folder)}".TrimEnd();
        var places = _form.Split(AnswerPlace).Length - 1;
        if (places != 1)
            throw new UserException($"--answer-form '{_form}' holds {AnswerPlace} {places} times; it must hold it once, where the answer stands, such as ' {AnswerPlace} <|End|>'.");
        if (prompt.EndsWith(' ') && _form.StartsWith(' '))
            _form = _form[1..];
    }

    /// <summary>The form, as it is used after this model's prompt.</summary>
    public string Text => _form;

    /// <summary>The tokens of an answer; markers within it stay text.</summary>
    public int[] Encode(string answer)
    {
        var tokens = new List<int>();
        foreach (var segment in _tokenizer.SplitAtControls(_form))
        {
            if (segment.Control is { } control)
                tokens.Add(control);
            else
                tokens.AddRange(_tokenizer.Encode(segment.Text.Replace(AnswerPlace, answer, StringComparison.Ordinal)));
        }

        return [.. tokens];
    }

    // Of several the last: a fine-tuned model's own comes after its vocabulary's <|endoftext|>.
    private static string EndMarker(ModelFolder folder) => folder.Tokenizer.ControlTokens
        .Where(token => folder.Configuration.EndTokens.Contains(token.Value))
        .OrderBy(token => token.Value)
        .Select(token => token.Key)
        .LastOrDefault("");
}
