using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Export;
using OnnxChat.Throughput.Engines;
using OnnxChat.Throughput.Models;

namespace OnnxChat.Throughput.Measuring;

/// <summary>
/// Whether llama.cpp, given the GGUF written here, computes the model that the service does: the greedy tokens of both are
/// compared on a checkpoint in f32, where they must be equal.
/// </summary>
internal static class GreedyCheck
{
    private const int Prompts = 8;
    private const int PromptTokens = 24;
    private const int NewTokens = 48;

    /// <param name="checkpoint">A checkpoint's weights, with <c>config.json</c> in the folder above.</param>
    /// <param name="tokenizer">The folder of its tokenizer.</param>
    /// <returns>What differs, in words; null where nothing does.</returns>
    public static async Task<string?> RunAsync(string checkpoint, string tokenizer)
    {
        var folder = Directory.CreateTempSubdirectory("onnxchat-check-").FullName;
        try
        {
            var configuration = Gpt2ConfigurationFile.Read(Path.Combine(Path.GetDirectoryName(checkpoint)!, "..", "config.json"));
            using (var weights = Gpt2Weights.Open(Checkpoint.Open(checkpoint), configuration))
            {
                new GgufWriter(weights, quantized: false).Write(Path.Combine(folder, "model.gguf"));
                WriteOnnx(weights, tokenizer, Path.Combine(folder, "onnx"));
            }

            await using var llama = new LlamaEngine(Path.Combine(folder, "model.gguf"));
            await using var service = new ServiceEngine(Path.Combine(folder, "onnx"));
            for (var seed = 0; seed < Prompts; seed++)
            {
                var random = new Random(seed);
                int[] prompt = [.. Enumerable.Range(0, PromptTokens).Select(_ => random.Next(configuration.VocabularySize))];
                var ours = await service.TokensAsync(prompt, NewTokens);
                var theirs = llama.Tokens(prompt, ours.Length);
                if (!ours.SequenceEqual(theirs))
                    return $"prompt {seed}: the service gave {string.Join(' ', ours)}, llama.cpp {string.Join(' ', theirs)}";
            }

            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteOnnx(IGpt2Weights weights, string tokenizer, string folder)
    {
        Directory.CreateDirectory(folder);
        var writer = new ModelFolderWriter(folder, TokenizerFolder.Read(tokenizer).WithCardTokens());
        writer.WriteModel(weights, ModelPrecision.Float32);
        writer.WriteManifest("check", PromptTemplate.Card, new Provenance("check", new string('0', 64), ModelPrecision.Float32, "bench", null));
    }
}
