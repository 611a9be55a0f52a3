using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Verification;

/// <summary>Products of row-major matrices, tiled so that a tile of weights serves several rows while it is in the cache.</summary>
internal static class Matrices
{
    private const int RowTile = 8;
    private const int ColumnTile = 512;
    private const int WeightRowTile = 64;

    /// <summary>input [rows, in] x weight [in, out] + bias [out].</summary>
    public static float[] Multiply(float[] input, float[] weight, float[] bias, int inWidth, int outWidth)
    {
        var rows = input.Length / inWidth;
        var output = new float[rows * outWidth];
        var columnTiles = Tiles(outWidth, ColumnTile);
        Parallel.For(0, Tiles(rows, RowTile) * columnTiles, tile =>
        {
            var firstRow = tile / columnTiles * RowTile;
            var lastRow = Math.Min(firstRow + RowTile, rows);
            var column = tile % columnTiles * ColumnTile;
            var columns = Math.Min(ColumnTile, outWidth - column);
            for (var row = firstRow; row < lastRow; row++)
                bias.AsSpan(column, columns).CopyTo(output.AsSpan((row * outWidth) + column, columns));
            for (var i = 0; i < inWidth; i++)
            {
                var weights = weight.AsSpan((i * outWidth) + column, columns);
                for (var row = firstRow; row < lastRow; row++)
                {
                    var sums = output.AsSpan((row * outWidth) + column, columns);
                    TensorPrimitives.MultiplyAdd(weights, input[(row * inWidth) + i], sums, sums);
                }
            }
        });
        return output;
    }

    /// <summary>input [rows, width] x transposed(weight [out, width]).</summary>
    public static float[] MultiplyByRows(ReadOnlyMemory<float> input, float[] weight, int width)
    {
        var rows = input.Length / width;
        var outWidth = weight.Length / width;
        var output = new float[rows * outWidth];
        Parallel.For(0, Tiles(outWidth, WeightRowTile), tile =>
        {
            var end = Math.Min((tile + 1) * WeightRowTile, outWidth);
            for (var row = 0; row < rows; row++)
            {
                var state = input.Span.Slice(row * width, width);
                for (var o = tile * WeightRowTile; o < end; o++)
                    output[(row * outWidth) + o] = TensorPrimitives.Dot(state, weight.AsSpan(o * width, width));
            }
        });
        return output;
    }

    private static int Tiles(int length, int tile) => (length + tile - 1) / tile;
}
