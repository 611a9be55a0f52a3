namespace OnnxChat.Throughput.Engines;

/// <summary>What an engine is asked to generate, greedily.</summary>
/// <param name="Requests">How many requests.</param>
/// <param name="PromptTokens">Tokens of each prompt.</param>
/// <param name="NewTokens">Tokens of each reply.</param>
/// <param name="Seed">Which prompts: the same for every engine.</param>
/// <param name="Arrival">Whether they come together.</param>
internal sealed record Workload(int Requests, int PromptTokens, int NewTokens, int Seed, Arrival Arrival = Arrival.Together)
{
    // Ids below are the bytes and the special tokens of the model's tokenizer.
    private const int FirstToken = 256;
    private const int LastToken = 50_000;

    /// <summary>The prompt of one request.</summary>
    public int[] Prompt(int request) => Prompt(PromptTokens, (Seed * 1000) + request);

    public int[][] Prompts() => [.. Enumerable.Range(0, Requests).Select(request => Prompt(request))];

    public static int[] Prompt(int tokens, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, tokens).Select(_ => random.Next(FirstToken, LastToken))];
    }
}
