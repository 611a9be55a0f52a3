using System.Text.Json.Nodes;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>
/// A model folder as others write it: no <c>onnxchat.json</c>, a ChatML template beside the tokenizer, and a tokenizer with
/// ChatML's markers. The weights are the starter model's.
/// </summary>
internal sealed class ChatMLFolder : IDisposable
{
    /// <summary>In the place of the starter's marker of instructions.</summary>
    public static readonly int Start = StarterModel.Control("<|SYSTEM|>");

    public static readonly int End = StarterModel.End;

    private readonly TemporaryFolder _folder = new();

    public ChatMLFolder()
    {
        foreach (var file in Directory.GetFiles(StarterModel.Folder).Where(f => !f.EndsWith("onnxchat.json", StringComparison.Ordinal)))
            File.Copy(file, this[System.IO.Path.GetFileName(file)]);
        File.WriteAllText(this["tokenizer.json"], File.ReadAllText(this["tokenizer.json"])
            .Replace("<|SYSTEM|>", "<|im_start|>", StringComparison.Ordinal)
            .Replace("<|End|>", "<|im_end|>", StringComparison.Ordinal)
            .Replace("<|USER|>", "<|unused|>", StringComparison.Ordinal));
        var configuration = new JsonObject { ["chat_template"] = ChatTemplates.Find("chatml").Template, ["eos_token"] = "<|im_end|>" };
        File.WriteAllText(this["tokenizer_config.json"], configuration.ToJsonString());
    }

    public string Path => _folder.Path;

    public string this[string file] => _folder[file];

    public void Dispose() => _folder.Dispose();
}
