namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>Turns matrices into integers by blocks, each block with one scale.</summary>
internal interface IBlockQuantizer
{
    /// <summary>Bits of one integer: 4 or 8.</summary>
    int Bits { get; }

    /// <summary>The length of a block in rows of <paramref name="width"/> weights.</summary>
    /// <param name="width">Weights of a row.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <exception cref="NotSupportedException">No block divides it.</exception>
    int BlockFor(int width, string what);

    /// <summary>Quantizes a matrix of rows of <paramref name="columns"/> weights, a multiple of <paramref name="block"/>.</summary>
    QuantizedRows Quantize(float[] rows, int columns, int block);
}
