using System.Text.Json;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Import;

/// <summary>Models that were trained with other markers than the card's: template and tokenizer go together.</summary>
public sealed class TemplateTests : IDisposable
{
    private const string Roles = """
        {
          "roles": {
            "user": { "prefix": "<|im_start|>user\n", "suffix": "<|im_end|>\n" },
            "assistant": { "prefix": "<|im_start|>assistant\n", "suffix": "<|im_end|>\n" }
          },
          "reply": "<|im_start|>assistant\n"
        }
        """;

    private const string Jinja = """
        { "chat_template": "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant{{ '\n' }}" }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Roles)]
    [InlineData(Jinja)]
    public async Task Import_TemplateOfAnotherModel_MakesItsPrompts(string template)
    {
        var run = await ImportAsync(template, ChatTokens());

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
        Assert.Contains("special tokens were all there", run.Output, StringComparison.Ordinal);
        Assert.Contains("""<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n""", run.Output, StringComparison.Ordinal);
        var model = ModelFolder.Open(_folder["model"]);
        Turn[] turns = [new(TurnRole.User, "hi"), new(TurnRole.Assistant, "hello"), new(TurnRole.User, "<|im_end|>")];
        var prompt = model.Prompts.Build(turns, null);
        // Four begin, three end; the one that the customer typed is text.
        Assert.Equal((4, 3), (prompt.Count(id => id == 1000), prompt.Count(id => id == 1001)));
        Assert.Contains(1001, model.Configuration.EndTokens);
    }

    [Fact]
    public async Task Import_MarkerThatIsNoControlToken_IsReported()
    {
        var run = await ImportAsync(Roles, Repository.Fixture("gpt2-tiny", "tokenizer"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("warning: the template's <|im_start|>, <|im_end|> is no control token", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "roles": {} }""", "template.json: \"roles.user\" is missing")]
    [InlineData("""{ "chat_template": "{% for %}" }""", "template.json cannot be used")]
    [InlineData("""{ "chat_template": "no message" }""", "template.json refuses a single message of the user, or leaves its text out")]
    public async Task Import_UnusableTemplate_NamesItsFileAndLeavesNothing(string template, string reason)
    {
        var run = await ImportAsync(template, ChatTokens());

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["model"]));
    }

    private async Task<CommandRun> ImportAsync(string template, string tokenizer)
    {
        await File.WriteAllTextAsync(_folder["template.json"], template, TestContext.Current.CancellationToken);
        return await CommandRun.ImportAsync(
            Repository.Fixture("gpt2-tiny", "checkpoints", "model.safetensors"), tokenizer, _folder["model"],
            TestContext.Current.CancellationToken, "--template", _folder["template.json"]);
    }

    // The files that transformers saves beside vocab.json and merges.txt.
    private string ChatTokens()
    {
        var folder = Directory.CreateDirectory(_folder["tokenizer"]).FullName;
        foreach (var name in new[] { "vocab.json", "merges.txt" })
            File.Copy(Repository.Fixture("gpt2-tiny", "tokenizer", name), Path.Combine(folder, name));
        var first = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "vocab.json"))).RootElement.EnumerateObject().Count();
        Assert.Equal(1000, first);
        File.WriteAllText(Path.Combine(folder, "added_tokens.json"), """{ "<|im_start|>": 1000, "<|im_end|>": 1001 }""");
        File.WriteAllText(
            Path.Combine(folder, "special_tokens_map.json"),
            """{ "additional_special_tokens": ["<|im_start|>"], "eos_token": { "content": "<|im_end|>", "lstrip": false } }""");
        File.WriteAllText(
            Path.Combine(folder, "tokenizer_config.json"), """{ "tokenizer_class": "GPT2Tokenizer", "eos_token": "<|im_end|>", "pad_token": null }""");
        return folder;
    }
}
