namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>A matrix in 8-bit integers: row after row, each in blocks with one scale.</summary>
/// <param name="Values">[rows, columns]: round(weight / scale) + 128.</param>
/// <param name="Scales">[rows, columns / block].</param>
internal sealed record QuantizedRows(byte[] Values, float[] Scales);
