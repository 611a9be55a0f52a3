using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using OnnxChat.Gpt2.Export.Graph;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class Conv1DTests
{
    [Property]
    public Property ToRows_AnyMatrix_SwapsRowsAndColumns() => Prop.ForAll(
        Gen.Choose(1, 70).Two().ToArbitrary(),
        size =>
        {
            var (rows, columns) = (size.Item1, size.Item2);
            var matrix = Enumerable.Range(0, rows * columns).Select(i => (float)i).ToArray();
            var transposed = Conv1D.ToRows(matrix, rows, columns);
            return Enumerable.Range(0, matrix.Length).All(i => transposed[(i % columns * rows) + (i / columns)] == matrix[i]);
        });
}
