using System.Security.Cryptography;
using System.Text.Json;
using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class ModelFolderWriterTests
{
    private static readonly Gpt2Configuration Small = new()
    {
        Layers = 2,
        Width = 32,
        Heads = 2,
        Context = 16,
        VocabularySize = 1005,
        InnerWidth = 64,
    };

    [Theory]
    [InlineData(ModelPrecision.Float32)]
    [InlineData(ModelPrecision.Int8)]
    public void WriteModel_Twice_GivesTheSameBytes(ModelPrecision precision)
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();

        Write(first, FixtureWeights.Tiny(), precision);
        Write(second, FixtureWeights.Tiny(), precision);

        var names = Directory.GetFiles(first.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["genai_config.json", "model.onnx", "model.onnx.data", "onnxchat.json", "tokenizer.json", "tokenizer_config.json"], names);
        foreach (var name in names)
            Assert.Equal(File.ReadAllBytes(first[name!]), File.ReadAllBytes(second[name!]));
    }

    [Fact]
    public void WriteModel_CardTokenizer_ConfiguresTheRuntime()
    {
        using var folder = new TemporaryFolder();

        Write(folder, FixtureWeights.Tiny(), ModelPrecision.Int8);

        var model = Json(folder["genai_config.json"]).GetProperty("model");
        Assert.Equal("decoder", model.GetProperty("type").GetString());
        Assert.Equal([0, 1001], model.GetProperty("eos_token_id").EnumerateArray().Select(id => id.GetInt32()));
        Assert.Equal(1000, model.GetProperty("pad_token_id").GetInt32());
        Assert.Equal(256, model.GetProperty("context_length").GetInt32());
        Assert.Equal(16, model.GetProperty("decoder").GetProperty("head_size").GetInt32());
        Assert.False(model.GetProperty("decoder").GetProperty("session_options").TryGetProperty("intra_op_num_threads", out _));
        var search = Json(folder["genai_config.json"]).GetProperty("search");
        Assert.Equal(256, search.GetProperty("max_length").GetInt32());
        Assert.Equal(50, search.GetProperty("top_k").GetInt32());
        Assert.Equal(0.3, search.GetProperty("top_p").GetDouble());
        Assert.True(search.GetProperty("do_sample").GetBoolean());
        Assert.True(search.GetProperty("past_present_share_buffer").GetBoolean());
    }

    [Fact]
    public void WriteManifest_AfterTheModel_NamesTemplateTokensProvenanceAndFiles()
    {
        using var folder = new TemporaryFolder();

        Write(folder, FixtureWeights.Tiny(), ModelPrecision.Int8);

        var manifest = Json(folder["onnxchat.json"]);
        Assert.Equal(
            ["format_version", "name", "template", "special_tokens", "provenance", "files"],
            manifest.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, manifest.GetProperty("format_version").GetInt32());
        Assert.Equal(1002, manifest.GetProperty("special_tokens").GetProperty("<|USER|>").GetInt32());
        Assert.Equal(6, manifest.GetProperty("special_tokens").EnumerateObject().Count());
        var provenance = manifest.GetProperty("provenance");
        Assert.Equal("int8", provenance.GetProperty("precision").GetString());
        Assert.Equal(1e-7, provenance.GetProperty("verification").GetProperty("mean_kl").GetDouble());
        Assert.Contains("客服", File.ReadAllText(folder["onnxchat.json"]), StringComparison.Ordinal);
        foreach (var file in manifest.GetProperty("files").EnumerateObject())
        {
            var bytes = File.ReadAllBytes(folder[file.Name]);
            Assert.Equal(bytes.Length, file.Value.GetProperty("bytes").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.Value.GetProperty("sha256").GetString());
        }

        Assert.Equal(5, manifest.GetProperty("files").EnumerateObject().Count());
        Assert.Equal(PromptTemplate.Card, PromptTemplate.Read(folder["onnxchat.json"]));
    }

    [Fact]
    public void WriteModel_Progress_CountsEveryWeightOnce()
    {
        using var folder = new TemporaryFolder();
        var progress = new RecordedProgress();

        new ModelFolderWriter(folder.Path, WrittenModel.TinyTokenizer())
            .WriteModel(new GeneratedWeights(Small with { TiedHead = false }), ModelPrecision.Int8, progress, TestContext.Current.CancellationToken);

        Assert.Equal(4 + (12 * 2) + 1, progress.Reports.Count);
        Assert.Equal(Enumerable.Range(1, 29), progress.Reports.Select(report => report.Written));
        Assert.All(progress.Reports, report => Assert.Equal(29, report.Total));
        Assert.Equal(29, progress.Reports.DistinctBy(report => report.Tensor).Count());
    }

    [Fact]
    public void WriteModel_CancelledOnTheWay_Stops()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var progress = new RecordedProgress { OnReport = report => { if (report.Written == 5) cancellation.Cancel(); } };
        var writer = new ModelFolderWriter(folder.Path, WrittenModel.TinyTokenizer());

        Assert.Throws<OperationCanceledException>(
            () => writer.WriteModel(new GeneratedWeights(Small), ModelPrecision.Float32, progress, cancellation.Token));

        Assert.Equal(5, progress.Reports.Count);
    }

    [Theory]
    [InlineData(40, 5, 160, "width (n_embd) is 40")]
    [InlineData(64, 4, 200, "inner width (n_inner) is 200")]
    public void WriteModel_Int8OfAWidthWithoutBlocks_NamesTheWidthAndF32(int width, int heads, int inner, string reason)
    {
        var error = Refusal<NotSupportedException>(Small with { Width = width, Heads = heads, InnerWidth = inner }, ModelPrecision.Int8);

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("f32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteModel_TokenizerLargerThanTheEmbedding_NamesBothSizes()
    {
        var error = Refusal<InvalidDataException>(Small with { VocabularySize = 1000 }, ModelPrecision.Float32);

        Assert.Contains("1005 tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains("1000 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteModel_TensorOfAnotherShape_NamesTheTensor()
    {
        using var folder = new TemporaryFolder();
        var weights = FixtureWeights.Tiny();
        var wrong = new FixtureWeights(weights.Configuration with { Context = 128 }, new SafetensorsFixture("gpt2-tiny", "checkpoints", "model.safetensors"));
        var writer = new ModelFolderWriter(folder.Path, WrittenModel.TinyTokenizer());

        var error = Assert.Throws<InvalidDataException>(
            () => writer.WriteModel(wrong, ModelPrecision.Float32, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("wpe.weight has 16384 values", error.Message, StringComparison.Ordinal);
    }

    private static TException Refusal<TException>(Gpt2Configuration shape, ModelPrecision precision)
        where TException : Exception
    {
        using var folder = new TemporaryFolder();
        var writer = new ModelFolderWriter(folder.Path, WrittenModel.TinyTokenizer());
        return Assert.Throws<TException>(
            () => writer.WriteModel(new GeneratedWeights(shape), precision, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static void Write(TemporaryFolder folder, IGpt2Weights weights, ModelPrecision precision)
    {
        var writer = new ModelFolderWriter(folder.Path, WrittenModel.TinyTokenizer());
        writer.WriteModel(weights, precision, cancellationToken: TestContext.Current.CancellationToken);
        writer.WriteManifest(
            "客服", PromptTemplate.Card, new Provenance("model.safetensors", "00ff", precision, "onnxchat 0.1.0", new VerificationResult(44, 1500, 1e-5, 1e-7, 1)));
    }

    private static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
