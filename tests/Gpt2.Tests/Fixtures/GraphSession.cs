using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OnnxChat.Gpt2.Tests.Fixtures;

/// <summary>Runs a written model.onnx as ONNX Runtime GenAI does: rows padded on the right, keys and values handed back.</summary>
internal sealed class GraphSession : IDisposable
{
    private readonly Gpt2Configuration _shape;
    private readonly TensorElementType _floats;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<long[]> _masks = [];
    private List<OrtValue> _cache = [];

    public GraphSession(string folder, Gpt2Configuration shape)
    {
        _shape = shape;
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
        _floats = _session.InputMetadata["past_key_values.0.key"].ElementDataType;
    }

    /// <summary>Reads prompts into an empty cache.</summary>
    /// <returns>The logits after each prompt's last token.</returns>
    public float[][] Prefill(params int[][] prompts)
    {
        ClearCache();
        _masks.Clear();
        for (var layer = 0; layer < 2 * _shape.Layers; layer++)
        {
            _cache.Add(OrtValue.CreateAllocatedTensorValue(
                OrtAllocator.DefaultInstance, _floats,
                [prompts.Length, _shape.Heads, 0, _session.InputMetadata["past_key_values.0.key"].Dimensions[3]]));
        }

        _masks.AddRange(prompts.Select(_ => Array.Empty<long>()));
        return Step(prompts);
    }

    /// <summary>Reads each row's further tokens, after what the cache holds.</summary>
    /// <returns>The logits after each row's last token.</returns>
    public float[][] Step(params int[][] rows)
    {
        var length = rows.Max(row => row.Length);
        var ids = new long[rows.Length * length];
        var positions = new long[rows.Length * length];
        for (var row = 0; row < rows.Length; row++)
        {
            var seen = _masks[row].Sum();
            for (var i = 0; i < rows[row].Length; i++)
            {
                ids[(row * length) + i] = rows[row][i];
                positions[(row * length) + i] = seen + i;
            }

            _masks[row] = [.. _masks[row], .. Enumerable.Range(0, length).Select(i => i < rows[row].Length ? 1L : 0L)];
        }

        return Run(rows.Length, ids, positions);
    }

    public void Dispose()
    {
        ClearCache();
        _options.Dispose();
        _session.Dispose();
    }

    private float[][] Run(int rows, long[] ids, long[] positions)
    {
        using var idsValue = Matrix(rows, ids);
        using var maskValue = Matrix(rows, [.. _masks.SelectMany(mask => mask)]);
        using var positionsValue = Matrix(rows, positions);
        var inputs = new Dictionary<string, OrtValue>
        {
            ["input_ids"] = idsValue,
            ["attention_mask"] = maskValue,
            ["position_ids"] = positionsValue,
        };
        var outputs = new List<string> { "logits" };
        for (var i = 0; i < _cache.Count; i++)
        {
            var part = $"{i / 2}.{(i % 2 == 0 ? "key" : "value")}";
            inputs[$"past_key_values.{part}"] = _cache[i];
            outputs.Add($"present.{part}");
        }

        var results = _session.Run(_options, inputs, outputs);
        ClearCache();
        _cache = [.. results.Skip(1)];
        using var logits = results[0];
        Assert.Equal([rows, 1, _shape.VocabularySize], logits.GetTensorTypeAndShape().Shape);
        return [.. logits.GetTensorDataAsSpan<float>().ToArray().Chunk(_shape.VocabularySize)];
    }

    private void ClearCache()
    {
        _cache.ForEach(value => value.Dispose());
        _cache.Clear();
    }

    private static OrtValue Matrix(int rows, long[] values) =>
        OrtValue.CreateTensorValueFromMemory(values, [rows, values.Length / rows]);
}
