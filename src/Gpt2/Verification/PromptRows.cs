namespace OnnxChat.Gpt2.Verification;

/// <summary>Where each prompt's tokens stand when all prompts are laid one after the other.</summary>
internal sealed class PromptRows
{
    private readonly int[] _ends;

    private PromptRows(int[] ends) => _ends = ends;

    public int Prompts => _ends.Length;

    public int Total => _ends.Length == 0 ? 0 : _ends[^1];

    public int Start(int prompt) => prompt == 0 ? 0 : _ends[prompt - 1];

    public int End(int prompt) => _ends[prompt];

    /// <exception cref="ArgumentException">A prompt is empty or too long, or has an id outside the vocabulary.</exception>
    public static PromptRows Of(IReadOnlyList<IReadOnlyList<int>> prompts, Gpt2Configuration shape)
    {
        var ends = new int[prompts.Count];
        var total = 0;
        for (var p = 0; p < ends.Length; p++)
        {
            if (prompts[p].Count < 1 || prompts[p].Count > shape.Context)
                throw new ArgumentException($"Prompt {p} has {prompts[p].Count} tokens; the model takes 1 to {shape.Context}.", nameof(prompts));
            foreach (var id in prompts[p])
            {
                if (id < 0 || id >= shape.VocabularySize)
                    throw new ArgumentException($"Prompt {p} has the token id {id}; the model's ids are 0 to {shape.VocabularySize - 1}.", nameof(prompts));
            }

            ends[p] = total += prompts[p].Count;
        }

        return new PromptRows(ends);
    }
}
