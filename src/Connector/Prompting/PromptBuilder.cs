using System.Text;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Prompting;

/// <summary>
/// Builds prompt tokens from a template. The template's own markers become control tokens by number; what stands between
/// two of them is encoded as text in one piece, so that markers somebody writes stay text.
/// </summary>
internal sealed class PromptBuilder
{
    private readonly ModelTokenizer _tokenizer;

    public PromptBuilder(IChatTemplate template, ModelTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        Template = template;
    }

    /// <summary>The template that the prompts follow.</summary>
    public IChatTemplate Template { get; }

    /// <summary>Builds the prompt tokens of one question.</summary>
    /// <param name="user">The user's text, as it was written.</param>
    /// <param name="system">The system text; null for the template's own.</param>
    public int[] Build(string user, string? system)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Build([new Turn(TurnRole.User, user)], system);
    }

    /// <summary>Builds the prompt tokens of a conversation.</summary>
    /// <param name="turns">At least one; the last is the user's.</param>
    /// <param name="system">The system text; null for the template's own.</param>
    public int[] Build(IReadOnlyList<Turn> turns, string? system)
    {
        var segments = Segments(Template.Render(turns, system));
        var tokens = new List<int>();
        // The tokenizer's first token, where the template does not write it itself.
        if (_tokenizer.BeginToken is { } begin && segments.FirstOrDefault().Control != begin)
            tokens.Add(begin);
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i].Control is { } control)
                tokens.Add(control);
            else
                tokens.AddRange(_tokenizer.Encode(Stripped(segments, i), start: i == 0));
        }

        return [.. tokens];
    }

    /// <summary>Control tokens, and the text between two of them in one piece.</summary>
    private List<TextSegment> Segments(MarkedText prompt)
    {
        var segments = new List<TextSegment>();
        var text = new StringBuilder();
        foreach (var piece in prompt.Pieces)
        {
            if (piece.Quoted)
            {
                text.Append(piece.Text);
                continue;
            }

            foreach (var segment in _tokenizer.SplitAtControls(piece.Text))
            {
                if (segment.Control is null)
                {
                    text.Append(segment.Text);
                    continue;
                }

                Flush();
                segments.Add(segment);
            }
        }

        Flush();
        return segments;

        void Flush()
        {
            if (text.Length > 0)
                segments.Add(new TextSegment(text.ToString(), null));
            text.Clear();
        }
    }

    /// <summary>Some tokens take the white space beside them as part of themselves.</summary>
    private string Stripped(List<TextSegment> segments, int index)
    {
        var text = segments[index].Text;
        if (index > 0 && _tokenizer.Added(segments[index - 1].Control ?? -1) is { StripsAfter: true })
            text = text.TrimStart();
        if (index + 1 < segments.Count && _tokenizer.Added(segments[index + 1].Control ?? -1) is { StripsBefore: true })
            text = text.TrimEnd();
        return text;
    }
}
