using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>Tokenizer files of several makes, and the ids that the Rust tokenizers give for them.</summary>
internal static class TokenizerVariants
{
    private static readonly JsonObject Expected = JsonNode.Parse(File.ReadAllBytes(Repository.Fixture("tokenizers", "expected.json")))!.AsObject();

    public static string[] Strings => Expected["strings"].Deserialize<string[]>()!;

    public static IEnumerable<string> Names => Expected["variants"]!.AsArray().Select(v => (string)v!["name"]!);

    public static int[][] Ids(string name) => Find(name)["ids"].Deserialize<int[][]>()!;

    public static ModelTokenizer Load(string name) => Load(Write(name));

    /// <summary>The tokenizer that a file with this content describes.</summary>
    public static ModelTokenizer Load(JsonNode content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["tokenizer.json"], content.ToJsonString());
        return new ModelTokenizer(TokenizerFile.Read(folder["tokenizer.json"]));
    }

    /// <summary>The content of a variant's file.</summary>
    public static JsonNode Write(string name)
    {
        var variant = Find(name);
        var content = JsonNode.Parse(File.ReadAllBytes(Repository.Fixture(((string)variant["base"]!).Split('/'))))!;
        content["normalizer"] = variant["normalizer"]?.DeepClone();
        content["pre_tokenizer"] = variant["pre_tokenizer"]?.DeepClone();
        content["model"]!["ignore_merges"] = (bool)variant["ignore_merges"]!;
        content["model"]!["byte_fallback"] = (bool)variant["byte_fallback"]!;
        return content;
    }

    private static JsonNode Find(string name) => Expected["variants"]!.AsArray().Single(v => (string)v!["name"]! == name)!;
}
