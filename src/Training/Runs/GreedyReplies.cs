using OnnxChat.Training.Networks;
using OnnxChat.Training.Texts;
using TorchSharp;

namespace OnnxChat.Training.Runs;

/// <summary>The likeliest replies, token by token. It computes the whole text anew at each: good enough for some hundred.</summary>
internal sealed class GreedyReplies(Gpt2Network network, TextEncoder encoder, int context)
{
    private const int BatchSize = 64;
    private const int MostTokens = 96;

    /// <summary>The replies' texts, in the prompts' order.</summary>
    public IReadOnlyList<string> Generate(IReadOnlyList<int[]> prompts, CancellationToken cancellationToken)
    {
        var replies = new string[prompts.Count];
        foreach (var chunk in Enumerable.Range(0, prompts.Count).OrderBy(i => prompts[i].Length).Chunk(BatchSize))
        {
            var texts = chunk.Select(i => prompts[i].ToList()).ToArray();
            Continue(texts, cancellationToken);
            for (var row = 0; row < chunk.Length; row++)
                replies[chunk[row]] = encoder.Decode(texts[row].Skip(prompts[chunk[row]].Length));
        }

        return replies;
    }

    private void Continue(List<int>[] texts, CancellationToken cancellationToken)
    {
        var running = texts.ToList();
        for (var step = 0; step < MostTokens && running.Count > 0; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = Next(running);
            for (var row = 0; row < running.Count; row++)
                running[row].Add(next[row]);
            running.RemoveAll(text => text[^1] == encoder.End || text.Count >= context);
        }
    }

    private int[] Next(List<List<int>> texts)
    {
        using var scope = torch.NewDisposeScope();
        var length = texts.Max(text => text.Count);
        var tokens = new long[texts.Count * length];
        Array.Fill(tokens, encoder.Padding);
        for (var row = 0; row < texts.Count; row++)
        {
            for (var i = 0; i < texts[row].Count; i++)
                tokens[(row * length) + i] = texts[row][i];
        }

        var last = texts.Select((text, row) => ((long)row * length) + text.Count - 1).ToArray();
        var hidden = network.Hidden(torch.tensor(tokens, device: network.Device).view(texts.Count, length));
        var best = network.Logits(hidden.index_select(0, torch.tensor(last, device: network.Device))).argmax(-1);
        return [.. best.cpu().data<long>().Select(token => (int)token)];
    }
}
