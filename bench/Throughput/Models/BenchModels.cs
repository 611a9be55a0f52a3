namespace OnnxChat.Throughput.Models;

/// <summary>The same random weights in both forms that are measured, in a temporary folder that goes away.</summary>
internal sealed class BenchModels : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnxchat-bench-");

    /// <summary>int8, for ONNX Runtime GenAI.</summary>
    public string Onnx => Path.Combine(_folder.FullName, "int8");

    /// <summary>q8_0, for llama.cpp.</summary>
    public string Gguf => Path.Combine(_folder.FullName, "gpt2-q8_0.gguf");

    /// <summary>
    /// Bytes of weights that a decoded token reads: all but the table of positions, of which it reads one row. The
    /// embedding counts, because the head is tied to it.
    /// </summary>
    public long WeightBytes { get; private set; }

    public static BenchModels Write(bool withGguf)
    {
        var models = new BenchModels();
        try
        {
            var weights = new RandomGpt2();
            weights.Write(models.Onnx);
            models.WeightBytes = new FileInfo(Path.Combine(models.Onnx, "model.onnx.data")).Length - ((long)weights.Configuration.Context * weights.Configuration.Width * sizeof(float));
            if (withGguf)
                new GgufWriter(weights, quantized: true).Write(models.Gguf);
            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
