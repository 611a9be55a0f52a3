namespace OnnxChat.Connector.Prompting;

/// <summary>How one question becomes a prompt, as the model was trained to read it.</summary>
internal sealed record PromptTemplate
{
    /// <summary>The template of a GPT-2 fine-tuned for single-turn conversation, as its model card gives it.</summary>
    public static PromptTemplate Card { get; } = new()
    {
        Prompt = "<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|> ",
        System = "You are a helpful AI designed to answer questions",
        Stop = ["<|"],
    };

    /// <summary>The prompt, with <c>{user}</c> once and <c>{system}</c> at most once.</summary>
    public required string Prompt { get; init; }

    /// <summary>The system text of a request that brings none.</summary>
    public required string System { get; init; }

    /// <summary>Text that ends the reply and is no part of it.</summary>
    public required IReadOnlyList<string> Stop { get; init; }
}
