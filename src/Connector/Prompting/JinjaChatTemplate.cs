using OnnxChat.Connector.Prompting.Jinja;

namespace OnnxChat.Connector.Prompting;

/// <summary>
/// A chat template as Hugging Face keeps it beside a tokenizer. What such a template takes is found out by trying it:
/// some refuse system texts or drop them, some refuse two messages of the user in a row.
/// </summary>
internal sealed class JinjaChatTemplate : IChatTemplate
{
    private readonly JinjaTemplate _template;
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, string> _specialTokens;
    private readonly string? _system;
    private readonly bool _takesSystem;
    private readonly bool _takesRepeats;

    /// <param name="source">The template's text.</param>
    /// <param name="path">The file it is from, for errors.</param>
    /// <param name="specialTokens"><c>bos_token</c> and the like, as the template is given them.</param>
    /// <param name="system">The system text of a request that brings none; null for the template's own.</param>
    /// <param name="stop">Text that ends the reply and is no part of it.</param>
    /// <exception cref="OnnxChatModelException">The template cannot be followed; the message names the construct.</exception>
    public JinjaChatTemplate(string source, string path, IReadOnlyDictionary<string, string> specialTokens, string? system = null, IReadOnlyList<string>? stop = null)
    {
        _path = path;
        _specialTokens = specialTokens;
        _system = system;
        Stop = stop ?? [];
        try
        {
            _template = new JinjaTemplate(source);
        }
        catch (JinjaException e)
        {
            throw Refused(e);
        }

        Turn user = new(TurnRole.User, "first"), assistant = new(TurnRole.Assistant, "answer"), second = new(TurnRole.User, "second");
        if (!Takes([user], null, "first"))
            throw new OnnxChatModelException($"The chat template of {path} refuses a single message of the user, or leaves its text out. {Remedy}");
        _takesSystem = Takes([user], "system", "system", "first");
        _takesRepeats = Takes([user, second], null, "first", "second");
        IsMultiTurn = Takes([user, assistant, second], null, "first", "answer", "second");
        StartsWithUser = !Takes([assistant, user], null, "answer", "first");
    }

    public bool IsMultiTurn { get; }

    public bool StartsWithUser { get; }

    public IReadOnlyList<string> Stop { get; }

    private static string Remedy => "Write it as \"template\" in onnxchat.json instead, in the form with \"roles\" and \"reply\".";

    public MarkedText Render(IReadOnlyList<Turn> turns, string? system)
    {
        system ??= _system;
        var messages = _takesRepeats ? [.. turns] : Merge(turns);
        if (system is not null && !_takesSystem)
        {
            messages[0] = messages[0] with { Text = $"{system}\n\n{messages[0].Text}" };
            system = null;
        }

        try
        {
            return Write(messages, system);
        }
        catch (JinjaRaisedException e)
        {
            throw new ArgumentException($"The model's chat template refuses the conversation: {e.Message}", e);
        }
    }

    private static List<Turn> Merge(IReadOnlyList<Turn> turns)
    {
        var merged = new List<Turn>();
        foreach (var turn in turns)
        {
            if (merged.Count > 0 && merged[^1].Role == turn.Role)
                merged[^1] = turn with { Text = $"{merged[^1].Text}\n\n{turn.Text}" };
            else
                merged.Add(turn);
        }

        return merged;
    }

    private bool Takes(IReadOnlyList<Turn> turns, string? system, params string[] texts)
    {
        try
        {
            var written = Write(turns, system);
            return Array.TrueForAll(texts, text => Holds(written, text));
        }
        catch (JinjaRaisedException)
        {
            return false;
        }
    }

    private static bool Holds(MarkedText written, string text) => written.Pieces.Any(p => p.Quoted && p.Text.Contains(text, StringComparison.Ordinal));

    private MarkedText Write(IReadOnlyList<Turn> turns, string? system)
    {
        var messages = turns.Select(t => Message(t.Role == TurnRole.User ? "user" : "assistant", t.Text));
        var values = new Dictionary<string, object?>
        {
            ["messages"] = (system is null ? messages : messages.Prepend(Message("system", system))).ToList<object?>(),
            ["add_generation_prompt"] = true,
            ["tools"] = null,
            ["documents"] = null,
        };
        foreach (var (name, token) in _specialTokens)
            values[name] = MarkedText.Own(token);
        try
        {
            return _template.Render(values);
        }
        catch (JinjaException e)
        {
            throw Refused(e);
        }
    }

    private static OrderedDictionary<string, object?> Message(string role, string text) => new OrderedDictionary<string, object?>(StringComparer.Ordinal)
    {
        ["role"] = MarkedText.Own(role),
        ["content"] = MarkedText.Quote(text),
    };

    private OnnxChatModelException Refused(JinjaException e) => new($"The chat template of {_path} cannot be used: {e.Message}. {Remedy}", e);
}
