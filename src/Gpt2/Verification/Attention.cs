using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Verification;

/// <summary>Causal multi-head attention (Vaswani et al., 2017) over rows of query, key and value side by side.</summary>
internal static class Attention
{
    /// <param name="packed">[rows, 3 heads head width].</param>
    /// <param name="rows">Which rows belong together.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="headWidth">Width of one.</param>
    /// <param name="scale">What scores are multiplied by.</param>
    /// <returns>[rows, heads head width].</returns>
    public static float[] Run(float[] packed, PromptRows rows, int heads, int headWidth, float scale)
    {
        var attended = new float[packed.Length / 3];
        Parallel.For(0, rows.Prompts * heads, work =>
            RunHead(packed, attended, (rows.Start(work / heads), rows.End(work / heads)), work % heads, heads * headWidth, headWidth, scale));
        return attended;
    }

    private static void RunHead(float[] packed, float[] attended, (int Start, int End) prompt, int head, int width, int headWidth, float scale)
    {
        var scores = new float[prompt.End - prompt.Start];
        for (var row = prompt.Start; row < prompt.End; row++)
        {
            var seen = scores.AsSpan(0, row - prompt.Start + 1);
            for (var i = 0; i < seen.Length; i++)
                seen[i] = TensorPrimitives.Dot<float>(Part(packed, row, 0), Part(packed, prompt.Start + i, 1)) * scale;
            TensorPrimitives.SoftMax<float>(seen, seen);

            var result = attended.AsSpan((row * width) + (head * headWidth), headWidth);
            for (var i = 0; i < seen.Length; i++)
                TensorPrimitives.MultiplyAdd(Part(packed, prompt.Start + i, 2), seen[i], result, result);
        }

        ReadOnlySpan<float> Part(float[] values, int row, int part) =>
            values.AsSpan((((row * 3) + part) * width) + (head * headWidth), headWidth);
    }
}
