using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Prompting;

/// <summary>
/// Builds prompt tokens from a template. The template's own markers become control tokens by number; what stands between
/// two of them is encoded as text in one piece, so that markers a user types stay text.
/// </summary>
internal sealed class PromptBuilder
{
    private const string SystemPlace = "{system}";
    private const string UserPlace = "{user}";
    private readonly ByteLevelTokenizer _tokenizer;
    private readonly IReadOnlyList<TextSegment> _segments;

    /// <exception cref="OnnxChatModelException">The template has no place for the user's text, or has one twice.</exception>
    public PromptBuilder(PromptTemplate template, ByteLevelTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        Template = template;
        Check(template.Prompt);
        _segments = tokenizer.SplitAtControls(template.Prompt);
    }

    /// <summary>The template that the prompts follow.</summary>
    public PromptTemplate Template { get; }

    /// <summary>Builds the prompt tokens of one question.</summary>
    /// <param name="user">The user's text, as it was written.</param>
    /// <param name="system">The system text; null for the template's own.</param>
    public int[] Build(string user, string? system)
    {
        ArgumentNullException.ThrowIfNull(user);
        var tokens = new List<int>();
        foreach (var segment in _segments)
        {
            if (segment.Control is { } control)
                tokens.Add(control);
            else
                tokens.AddRange(_tokenizer.Encode(Fill(segment.Text, user, system ?? Template.System)));
        }

        return [.. tokens];
    }

    // One pass, so that a place written in the system text or by the user stays as it is.
    private static string Fill(string text, string user, string system)
    {
        var filled = new System.Text.StringBuilder(text.Length + user.Length + system.Length);
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith(SystemPlace, StringComparison.Ordinal))
            {
                filled.Append(system);
                at += SystemPlace.Length;
            }
            else if (rest.StartsWith(UserPlace, StringComparison.Ordinal))
            {
                filled.Append(user);
                at += UserPlace.Length;
            }
            else
            {
                filled.Append(text[at++]);
            }
        }

        return filled.ToString();
    }

    private static void Check(string prompt)
    {
        var users = prompt.Split(UserPlace).Length - 1;
        var systems = prompt.Split(SystemPlace).Length - 1;
        if (users != 1 || systems > 1)
            throw new OnnxChatModelException($"The prompt template '{prompt}' has {users} times {{user}} and {systems} times {{system}}; it needs {{user}} once and takes {{system}} at most once. Mend \"template\" in onnxchat.json.");
    }
}
