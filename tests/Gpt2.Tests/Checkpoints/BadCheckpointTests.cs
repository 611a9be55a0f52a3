using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Files that must be refused, each with an error of its own that says what to do.</summary>
public class BadCheckpointTests
{
    public static TheoryData<string, string> Files { get; } = new()
    {
        { "empty.bin", "is empty" },
        { "truncated.bin", "is cut short" },
        { "runs-code.bin", "'posix.system', which would run as code" },
        { "whole-module.bin", "a whole module or object ('torch.nn.modules.linear.Linear')" },
        { "llama.safetensors", "looks like Llama (or Mistral, Qwen), it has model.layers.0.self_attn.q_proj.weight" },
        { "missing-tensor.bin", "1 of 28 tensors are missing: h.1.attn.c_proj.weight" },
        { "embeddings-not-resized.bin", "has 1000 rows, the configuration's vocab_size (the tokenizer) is 1005. Call model.resize_token_embeddings(len(tokenizer))" },
        { "nan.bin", "is NaN at index" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadAll_BadFile_IsRefusedWithItsOwnReason(string name, string reason)
    {
        var exception = Assert.Throws<CheckpointException>(() => ReadAll(name));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(name, exception.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAll_EveryBadFile_HasADistinctMessage()
    {
        var names = Directory.GetFiles(Repository.Fixture("gpt2-tiny", "bad")).Select(file => Path.GetFileName(file)).ToArray();
        var messages = names.Select(name => Assert.Throws<CheckpointException>(() => ReadAll(name)).Message.Replace(name, "", StringComparison.Ordinal));

        Assert.Equal(Files.Count, names.Length);
        Assert.Equal(names.Length, messages.Distinct().Count());
    }

    [Fact]
    public void Open_FileThatRunsCode_RunsNothingAndSaysHowToSave()
    {
        // Unpickling it would run 'touch PWNED'.
        var marker = Path.Combine(Environment.CurrentDirectory, "PWNED");
        Assert.False(File.Exists(marker));

        var exception = Assert.Throws<CheckpointException>(() => ReadAll("runs-code.bin"));

        Assert.False(File.Exists(marker));
        Assert.Contains("torch.save(model.state_dict()", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-file.bin")]
    [InlineData("no-such-folder/model.safetensors")]
    [InlineData("no\0path")]
    public void Open_PathThatCannotBeRead_IsRefused(string path)
    {
        Assert.Contains("cannot be opened", Assert.Throws<CheckpointException>(() => Checkpoint.Open(path)).Message, StringComparison.Ordinal);
    }

    private static void ReadAll(string name)
    {
        using var checkpoint = Checkpoint.Open(Repository.Fixture("gpt2-tiny", "bad", name));
        using var weights = Gpt2Weights.Open(checkpoint, Gpt2ConfigurationFile.Read(Repository.Fixture("gpt2-tiny")));
        foreach (var tensor in Gpt2TensorShapes.Of(weights.Configuration).Keys)
            weights.Read(tensor);
    }
}
