namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>A matrix in 8-bit or 4-bit integers: row after row, each in blocks with one scale.</summary>
/// <param name="Values">[rows, columns]: round(weight / scale) plus the zero point; of 4 bits two a byte, the first in the lower half.</param>
/// <param name="Scales">[rows, columns / block].</param>
internal sealed record QuantizedRows(byte[] Values, float[] Scales);
