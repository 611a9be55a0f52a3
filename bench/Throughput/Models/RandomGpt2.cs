using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Export;

namespace OnnxChat.Throughput.Models;

/// <summary>A model of GPT-2's shape with random weights: as fast as a trained one, and nothing to download.</summary>
internal sealed class RandomGpt2 : IGpt2Weights
{
    public Gpt2Configuration Configuration { get; } = new()
    {
        Layers = 12,
        Width = 768,
        Heads = 12,
        Context = 1024,
        VocabularySize = 50_262,
        InnerWidth = 3072,
    };

    public float[] Read(string name)
    {
        var shape = Configuration;
        var count = name switch
        {
            "wte.weight" => shape.VocabularySize * shape.Width,
            "wpe.weight" => shape.Context * shape.Width,
            _ when name.EndsWith("c_attn.weight", StringComparison.Ordinal) => 3 * shape.Width * shape.Width,
            _ when name.EndsWith("c_attn.bias", StringComparison.Ordinal) => 3 * shape.Width,
            _ when name.EndsWith("attn.c_proj.weight", StringComparison.Ordinal) => shape.Width * shape.Width,
            _ when name.EndsWith("mlp.c_fc.bias", StringComparison.Ordinal) => shape.InnerWidth,
            _ when name.Contains("mlp.", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) => shape.Width * shape.InnerWidth,
            _ => shape.Width,
        };
        var random = new Random(name.Aggregate(17, (hash, c) => (hash * 31) + c));
        var center = name.Contains("ln_", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f;
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = center + ((random.NextSingle() - 0.5f) * 0.15f);
        return values;
    }

    /// <summary>Writes the model with a tokenizer of as many tokens: the bytes, and pairs of them.</summary>
    public void Write(string folder)
    {
        List<char> bytes = [.. Enumerable.Range('!', '~' - '!' + 1).Concat(Enumerable.Range(0xA1, 0xAC - 0xA1 + 1)).Concat(Enumerable.Range(0xAE, 0xFF - 0xAE + 1)).Select(c => (char)c)];
        bytes.AddRange(Enumerable.Range(0x100, 256 - bytes.Count).Select(c => (char)c));
        var vocabulary = bytes.Select((c, id) => (Token: c.ToString(), Id: id)).ToDictionary(t => t.Token, t => t.Id);
        var merges = new List<TokenMerge>();
        foreach (var merge in bytes.SelectMany(a => bytes.Select(b => new TokenMerge(a.ToString(), b.ToString()))).Take(50_000))
        {
            vocabulary.Add(merge.Joined, vocabulary.Count);
            merges.Add(merge);
        }

        var tokenizer = new TokenizerFolder(vocabulary, merges, [new AddedToken("<|endoftext|>", vocabulary.Count)]).WithCardTokens();
        Directory.CreateDirectory(folder);
        var writer = new ModelFolderWriter(folder, tokenizer);
        writer.WriteModel(this, ModelPrecision.Int8);
        writer.WriteManifest("random-124m", PromptTemplate.Card, new Provenance("random", new string('0', 64), ModelPrecision.Int8, "bench", null));
    }
}
