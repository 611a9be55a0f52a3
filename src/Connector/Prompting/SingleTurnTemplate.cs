namespace OnnxChat.Connector.Prompting;

/// <summary>How one question becomes a prompt: a text with places for the system text and the user's.</summary>
internal sealed class SingleTurnTemplate : IChatTemplate
{
    private const string SystemPlace = "{system}";
    private const string UserPlace = "{user}";

    /// <param name="prompt">The prompt, with <c>{user}</c> once and <c>{system}</c> at most once.</param>
    /// <param name="system">The system text of a request that brings none.</param>
    /// <param name="stop">Text that ends the reply and is no part of it.</param>
    /// <exception cref="OnnxChatModelException">The template has no place for the user's text, or has one twice.</exception>
    public SingleTurnTemplate(string prompt, string system, IReadOnlyList<string> stop)
    {
        var users = prompt.Split(UserPlace).Length - 1;
        var systems = prompt.Split(SystemPlace).Length - 1;
        if (users != 1 || systems > 1)
            throw new OnnxChatModelException($"The prompt template '{prompt}' has {users} times {{user}} and {systems} times {{system}}; it needs {{user}} once and takes {{system}} at most once. Mend \"template\" in onnxchat.json.");
        Prompt = prompt;
        DefaultSystem = system;
        Stop = stop;
    }

    /// <summary>The template of a GPT-2 fine-tuned for single-turn conversation, as its model card gives it.</summary>
    public static SingleTurnTemplate Card { get; } = new(
        "<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|> ",
        "You are a helpful AI designed to answer questions",
        ["<|"]);

    public string Prompt { get; }

    /// <summary>The system text of a request that brings none.</summary>
    public string DefaultSystem { get; }

    public bool IsMultiTurn => false;

    public bool StartsWithUser => true;

    public IReadOnlyList<string> Stop { get; }

    public MarkedText Render(IReadOnlyList<Turn> turns, string? system)
    {
        // The places are cut out before anything is filled in, so that one that somebody writes stays as it is.
        var around = MarkedText.Own(Prompt).Split(UserPlace).ConvertAll(part => Fill(part, system ?? DefaultSystem));
        return MarkedText.Join(MarkedText.Quote(turns[^1].Text), around);
    }

    private static MarkedText Fill(MarkedText part, string system) => part.Replace(SystemPlace, MarkedText.Quote(system));
}
