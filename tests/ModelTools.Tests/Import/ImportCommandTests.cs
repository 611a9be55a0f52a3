using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Import;

public class ImportCommandTests
{
    private static readonly string[] Bad =
    [
        "embeddings-not-resized.bin", "empty.bin", "llama.safetensors", "missing-tensor.bin", "nan.bin", "runs-code.bin", "truncated.bin", "whole-module.bin",
    ];

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("legacy.bin")]
    [InlineData("model.safetensors")]
    [InlineData("fp16-no-prefix.bin")]
    [InlineData("bf16.safetensors")]
    [InlineData("training-checkpoint.bin")]
    [InlineData("data-parallel.bin")]
    [InlineData("sharded")]
    public async Task Import_EveryFormOfCheckpoint_MakesACheckedFolder(string checkpoint)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.ImportTinyAsync(Repository.Fixture("gpt2-tiny", "checkpoints", checkpoint), folder["model"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("added [PAD] <|End|> <|USER|> <|SYSTEM|> <|ASSISTANT|>", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["genai_config.json", "model.onnx", "model.onnx.data", "onnxchat.json", "tokenizer.json", "tokenizer_config.json"],
            Directory.GetFiles(folder["model"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(folder["model", "onnxchat.json"], TestContext.Current.CancellationToken));
        Assert.InRange(manifest.RootElement.GetProperty("provenance").GetProperty("verification").GetProperty("mean_kl").GetDouble(), 0, 0.05);
        Assert.Equal(["model"], Directory.GetFileSystemEntries(folder.Path).Select(f => Path.GetFileName(f)));
    }

    [Theory]
    [InlineData("int8", 0.01)]
    [InlineData("int4", 0.1)]
    [InlineData("f16", 1e-5)]
    [InlineData("f32", 1e-9)]
    public async Task Import_EveryPrecision_IsAsNearToTheCheckpointAsItCanBe(string precision, double mostKl)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.ImportTinyAsync(
            Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), folder["model"], "--precision", precision);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(6, Directory.GetFileSystemEntries(folder["model"]).Length);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(folder["model", "onnxchat.json"], TestContext.Current.CancellationToken));
        var provenance = manifest.RootElement.GetProperty("provenance");
        Assert.Equal(precision, provenance.GetProperty("precision").GetString());
        Assert.InRange(provenance.GetProperty("verification").GetProperty("mean_kl").GetDouble(), 0, mostKl);
        Assert.InRange(provenance.GetProperty("verification").GetProperty("top1_agreement").GetDouble(), 0.8, 1);
        Assert.Equal(precision == "int4", run.Error.Contains("warning: int4 costs quality", StringComparison.Ordinal));
        Assert.Equal(precision == "int4", run.Error.Contains("with int8 on the same prompts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_Json_IsOneObjectAndNothingElse()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.ImportTinyAsync(Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), folder["model"], "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(folder["model"], report.GetProperty("folder").GetString());
        Assert.Equal(4, report.GetProperty("configuration").GetProperty("heads").GetInt32());
        Assert.InRange(report.GetProperty("verification").GetProperty("mean_kl").GetDouble(), 0, 0.05);
        Assert.Equal(5, report.GetProperty("added_tokens").GetArrayLength());
    }

    [Theory]
    [InlineData("int4")]
    [InlineData("f16")]
    public async Task Generate_OtherPrecision_Answers(string precision)
    {
        using var folder = new TemporaryFolder();
        await CommandRun.ImportTinyAsync(Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), folder["model"], "--precision", precision);

        var run = await CommandRun.StartAsync(
            ["generate", "--model", folder["model"], "--input", "-", "--output", "-", "--greedy"], """{"user": "Where is my order?"}""", TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.NotEqual("", JsonDocument.Parse(run.Output).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Import_EveryBadCheckpoint_IsRefusedWithItsOwnErrorAndLeavesNothing()
    {
        Assert.Equal(Bad, Directory.GetFiles(Repository.Fixture("gpt2-tiny", "bad")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        var errors = new HashSet<string>();
        foreach (var file in Bad)
        {
            using var folder = new TemporaryFolder();

            var run = await CommandRun.ImportTinyAsync(Repository.Fixture("gpt2-tiny", "bad", file), folder["model"]);

            Assert.Equal(1, run.ExitCode);
            var error = run.Error.Split('\n').Single(l => l.StartsWith("error: ", StringComparison.Ordinal));
            Assert.True(errors.Add(error.Replace(file, "FILE", StringComparison.Ordinal)), $"{file} has another file's error: {error}");
            Assert.Empty(run.Output);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }

        // What the pickle in runs-code.bin would leave, had anything run it.
        Assert.False(File.Exists("PWNED"));
    }

    [Fact]
    public async Task Import_SameCheckpointTwice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors");

        foreach (var name in new[] { "a", "b" })
            Assert.Equal(0, (await CommandRun.ImportTinyAsync(checkpoint, folder[name], "--name", "same")).ExitCode);

        Assert.All(Directory.GetFiles(folder["a"]), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder["b", Path.GetFileName(file)])));
    }

    [Fact]
    public async Task Import_FolderExists_IsRefusedUnlessForced()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors");
        Directory.CreateDirectory(folder["model"]);
        await File.WriteAllTextAsync(folder["model", "mine.txt"], "keep", TestContext.Current.CancellationToken);

        var refused = await CommandRun.ImportTinyAsync(checkpoint, folder["model"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["model", "mine.txt"]));

        Assert.Equal(0, (await CommandRun.ImportTinyAsync(checkpoint, folder["model"], "--force")).ExitCode);
        Assert.False(File.Exists(folder["model", "mine.txt"]));
        Assert.Equal(["model"], Directory.GetFileSystemEntries(folder.Path).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public async Task Import_Template_StandsInTheManifest()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["template.txt"], "<|USER|>{user}<|ASSISTANT|>\n", TestContext.Current.CancellationToken);

        var run = await CommandRun.ImportTinyAsync(Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), folder["model"], "--template", folder["template.txt"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("\"<|USER|>{user}<|ASSISTANT|>\"", run.Output, StringComparison.Ordinal);
        Assert.Equal([1002, 335, 1004], Connector.ModelFolders.ModelFolder.Open(folder["model"]).Prompts.Build("hi", "ignored"));
    }

    [Theory]
    [InlineData(new string[0], 1, "n_head 1 assumed (64 wide each; --heads says otherwise)")]
    [InlineData(new[] { "--heads", "4" }, 4, "n_head 4 from --heads")]
    [InlineData(new[] { "--heads", "16", "--precision", "f32" }, 16, "n_head 16 from --heads")] // 4 wide each, filled up to 8
    public async Task Import_StateDictAlone_SaysWhereItsHeadsAreFrom(string[] options, int heads, string source)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.StartAsync(
            [
                "import", "--checkpoint", Repository.Fixture("gpt2-tiny", "checkpoints", "pytorch_model.bin"),
                "--tokenizer", Repository.Fixture("gpt2-tiny", "tokenizer"), "--output", folder["model"], .. options,
            ],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(source, run.Output, StringComparison.Ordinal);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(folder["model", "onnxchat.json"], TestContext.Current.CancellationToken));
        Assert.Contains(source, manifest.RootElement.GetProperty("provenance").GetProperty("configuration").GetString(), StringComparison.Ordinal);
        using var runtime = JsonDocument.Parse(await File.ReadAllBytesAsync(folder["model", "genai_config.json"], TestContext.Current.CancellationToken));
        Assert.Equal(heads, runtime.RootElement.GetProperty("model").GetProperty("decoder").GetProperty("num_attention_heads").GetInt32());
    }

    [Fact]
    public async Task Import_ConfigurationBesideTheWeights_IsTaken()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.StartAsync(
            ["import", "--checkpoint", Repository.Fixture("starter-checkpoint"), "--tokenizer", Repository.Fixture("starter-checkpoint"), "--output", folder["model"]],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("config.json beside the weights", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8", 1, "says 4 (n_head)")]
    [InlineData("0", 2, "--heads must be 1 or more")]
    public async Task Import_HeadsThatCannotBe_AreRefused(string heads, int exitCode, string reason)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.ImportTinyAsync(Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), folder["model"], "--heads", heads);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--checkpoint")]
    [InlineData("--config")]
    [InlineData("--tokenizer")]
    [InlineData("--template")]
    public async Task Import_InputIsMissing_SaysWhichAndLeavesNothing(string option)
    {
        using var folder = new TemporaryFolder();
        var inputs = new Dictionary<string, string>
        {
            ["--checkpoint"] = Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"),
            ["--config"] = Repository.Fixture("gpt2-tiny", "config.json"),
            ["--tokenizer"] = Repository.Fixture("gpt2-tiny", "tokenizer"),
            [option] = folder["nowhere"],
        };

        var run = await CommandRun.StartAsync(
            ["import", "--output", folder["model"], .. inputs.SelectMany(i => new[] { i.Key, i.Value })], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nowhere", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Import_TokenizerOfAnotherModel_NamesBothNumbers()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.ImportAsync(
            Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), Repository.Fixture("starter-checkpoint"), folder["model"], TestContext.Current.CancellationToken);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("3005", run.Error, StringComparison.Ordinal);
        Assert.Contains("1005", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Import_Cancelled_LeavesNothing()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.ImportAsync(
            Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), Repository.Fixture("gpt2-tiny", "tokenizer"), folder["model"], new CancellationToken(canceled: true));

        Assert.Equal(130, run.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
