using System.Security.Cryptography;
using System.Text.Json;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Testing;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Prepare;

public sealed class PrepareTests
{
    [Fact]
    public async Task Prepare_Samples_MakesTheWholeFolder()
    {
        using var folder = new PrepareFolder().WithSamples("in.jsonl", 300);

        var run = await folder.RunAsync("in.jsonl", "--vocabulary", "400");

        Assert.Equal(ExitCodes.Fine, run.ExitCode);
        var files = folder.Report().GetProperty("files");
        Assert.Equal(
            ["template.json", "tokenizer/merges.txt", "tokenizer/tokenizer.json", "tokenizer/tokenizer_config.json", "tokenizer/vocab.json", "train.jsonl", "validation.jsonl"],
            files.EnumerateObject().Select(file => file.Name));
        Assert.All(files.EnumerateObject(), file => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder.Output, file.Name)))), file.Value.GetProperty("sha256").GetString()));
        Assert.Equal(300, folder.Samples().Count);
        Assert.InRange(folder.Read("validation.jsonl").Count, 5, 30);
        Assert.Contains("400 tokens", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_Twice_GivesTheSameBytes()
    {
        using var first = new PrepareFolder().WithSamples("in.jsonl", 300);
        using var second = new PrepareFolder().WithSamples("in.jsonl", 300);

        await first.RunAsync("in.jsonl");
        await second.RunAsync("in.jsonl");

        Assert.Equal(first.Report().GetProperty("files").GetRawText(), second.Report().GetProperty("files").GetRawText());
    }

    [Fact]
    public async Task Prepare_LearnedVocabulary_EndsTheTemplateWithoutASpace()
    {
        using var folder = new PrepareFolder().WithSamples("in.jsonl", 30);

        await folder.RunAsync("in.jsonl");

        var template = Assert.IsType<PromptTemplate>(ModelTemplateFile.Read(Path.Combine(folder.Output, "template.json")));
        Assert.EndsWith("<|ASSISTANT|>", template.Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_KeptTokenizer_KeepsItsIdsAndThePromptItWasTrainedOn()
    {
        using var folder = new PrepareFolder().WithSamples("in.jsonl", 30);
        var saved = Repository.Fixture("gpt2-tiny", "tokenizer-saved");

        await folder.RunAsync("in.jsonl", "--tokenizer", saved);

        var (before, after) = (TokenizerFolder.Read(saved), TokenizerFolder.Read(Path.Combine(folder.Output, "tokenizer")));
        Assert.Equal(before.Vocabulary.OrderBy(token => token.Value), after.Vocabulary.OrderBy(token => token.Value));
        Assert.Equal(before.Merges, after.Merges);
        Assert.Equal(before.AddedTokens.Select(token => (token.Content, token.Id)), after.AddedTokens.Select(token => (token.Content, token.Id)));
        Assert.Equal(PromptTemplate.Card, ModelTemplateFile.Read(Path.Combine(folder.Output, "template.json")));
    }

    [Fact]
    public async Task Prepare_OwnTemplate_IsWrittenAsJson()
    {
        using var folder = new PrepareFolder().WithSamples("in.jsonl", 30).With("template.txt", "Q: {user} A:");

        await folder.RunAsync("in.jsonl", "--template", folder["template.txt"]);

        Assert.Equal("Q: {user} A:", JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Output, "template.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Prepare_SeveralInputs_AreOne()
    {
        using var folder = new PrepareFolder().WithSamples("a.jsonl", 10).With("b.csv", "user,assistant", "hi,Hello.");

        var run = await TrainRun.StartAsync("prepare", folder["a.jsonl"], folder["b.csv"], "--output", folder.Output, "--json");

        Assert.Equal(11, folder.Samples().Count);
        Assert.Equal(11, JsonDocument.Parse(run.Output).RootElement.GetProperty("counts").GetProperty("read").GetInt32());
    }

    [Fact]
    public async Task Prepare_OneLanguage_IsFineAndSaysSo()
    {
        using var folder = new PrepareFolder().With("in.csv", "user,assistant", "到哪了,很快。", "退货,可以。");

        var run = await folder.RunAsync("in.csv");

        Assert.Equal(ExitCodes.Fine, run.ExitCode);
        Assert.Contains("All questions are in one language (zh)", run.Output, StringComparison.Ordinal);
    }
}
