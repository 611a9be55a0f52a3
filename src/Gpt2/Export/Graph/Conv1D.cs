namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>GPT-2's linear layers, whose weight is stored [in, out].</summary>
internal static class Conv1D
{
    /// <summary>Rows of one output each.</summary>
    public static float[] ToRows(float[] matrix, int inWidth, int outWidth)
    {
        const int tile = 32;
        var transposed = new float[matrix.Length];
        Parallel.For(0, (outWidth + tile - 1) / tile, index =>
        {
            var end = Math.Min((index + 1) * tile, outWidth);
            for (var i = 0; i < inWidth; i++)
            {
                for (var o = index * tile; o < end; o++)
                    transposed[(o * inWidth) + i] = matrix[(i * outWidth) + o];
            }
        });
        return transposed;
    }
}
