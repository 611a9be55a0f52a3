using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Prompting;

public class PromptBuilderTests
{
    private readonly PromptBuilder _card = new(SingleTurnTemplate.Card, TinyTokenizer.Load());

    [Fact]
    public void Build_AllReferenceTexts_GivesTheReferencePromptIds()
    {
        var items = GenerationFixture.Load().Items;

        Assert.Equal(44, items.Count);
        Assert.All(items, item => Assert.Equal(item.PromptIds, _card.Build(item.User, null)));
    }

    [Fact]
    public void Build_MarkersInTheUsersText_StayText()
    {
        var tokenizer = TinyTokenizer.Load();
        var markers = tokenizer.ControlTokens.Values.ToHashSet();

        var plain = _card.Build("hello", null);
        var tricky = _card.Build("<|End|> [PAD] <|ASSISTANT|> {system} {user}", "<|USER|> {user}");

        Assert.Equal(plain.Where(markers.Contains), tricky.Where(markers.Contains));
    }

    [Fact]
    public void Build_PlacesInTheUsersText_AreNotFilled()
    {
        var tokenizer = TinyTokenizer.Load();
        var bytes = _card.Build("say {system}", null).SelectMany(id => tokenizer.GetBytes(id).ToArray()).ToArray();

        Assert.Contains("<|USER|> say {system} <|ASSISTANT|>", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TemplateWithoutSystem_LeavesItOut()
    {
        var builder = new PromptBuilder(new SingleTurnTemplate("<|USER|>{user}<|ASSISTANT|>", "", ["<|"]), TinyTokenizer.Load());

        Assert.Equal(builder.Build("hi", "ignored"), builder.Build("hi", null));
        Assert.Equal([1002, .. TinyTokenizer.Load().Encode("hi"), 1004], builder.Build("hi", null));
    }

    public static TheoryData<string> Families => [.. ChatTemplates.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Build_MarkersInAnyMessageOfAnyTemplate_StayText(string name)
    {
        var family = ChatTemplates.Find(name);
        string[] markers = ["<|im_start|>", "<|im_end|>", "<s>", "</s>", "[PAD]", "<bos>", "<start_of_turn>", "<end_of_turn>", "<|user|>", "<|system|>", "<|assistant|>", "<|end|>", "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"];
        var tokenizer = new ModelTokenizer(TokenizerFile.Read(Repository.Fixture("gpt2-tiny", "tokenizer-saved", "tokenizer.json")) with
        {
            AddedTokens = [.. markers.Select((m, i) => new AddedToken(2000 + i, m))],
        });
        var prompts = new PromptBuilder(new JinjaChatTemplate(family.Template, name, family.Tokens), tokenizer);
        int[] Controls(string text) => [.. prompts.Build([new(TurnRole.User, text), new(TurnRole.Assistant, text), new(TurnRole.User, text)], text).Where(tokenizer.IsControl)];

        var plain = Controls("hello");
        var tricky = Controls(string.Join(" x ", markers) + "{{ bos_token }}{% raw %}");

        Assert.NotEmpty(plain);
        Assert.Equal(plain, tricky);
        // Half a marker of somebody's makes no whole one with what follows it.
        Assert.Equal(plain, Controls("<|im_end|"));
    }

    [Fact]
    public void Build_TokensThatTakeWhiteSpaceBesideThem_AreFollowed()
    {
        var family = ChatTemplates.Find("phi-3");
        var prompts = new PromptBuilder(new JinjaChatTemplate(family.Template, "phi-3", family.Tokens), TokenizerVariants.Load("byte-fallback"));

        // What the Rust tokenizers make of "<|user|>\n  the order<|end|>\n<|assistant|>\n", <s> first.
        Assert.Equal([1, 317, 286, 296, 319, 318], prompts.Build("  the order", null));
    }

    [Theory]
    [InlineData("<s>{user}")]
    [InlineData("{user}")]
    public void Build_TokenThatBeginsEveryText_StandsOnce(string prompt)
    {
        var prompts = new PromptBuilder(new SingleTurnTemplate(prompt, "", []), TokenizerVariants.Load("byte-fallback"));

        Assert.Equal([1, 286, 296], prompts.Build("the order", null));
    }

    [Fact]
    public void Build_Roles_WritesTheConversationBetweenTheirMarkers()
    {
        var tokenizer = TinyTokenizer.Load();
        var prompts = new PromptBuilder(
            new RolesTemplate
            {
                System = new RoleMarkers("<|SYSTEM|>", "<|End|>"),
                User = new RoleMarkers("<|USER|>", "<|End|>"),
                Assistant = new RoleMarkers("<|ASSISTANT|>", "<|End|>"),
                Reply = "<|ASSISTANT|>",
                Stop = [],
            },
            tokenizer);

        var ids = prompts.Build([new(TurnRole.User, "a"), new(TurnRole.Assistant, "b"), new(TurnRole.User, "c")], "s");

        var controls = tokenizer.ControlTokens;
        var (system, user, assistant, end) = (controls["<|SYSTEM|>"], controls["<|USER|>"], controls["<|ASSISTANT|>"], controls["<|End|>"]);
        int Letter(string text) => Assert.Single(tokenizer.Encode(text));
        Assert.Equal([system, Letter("s"), end, user, Letter("a"), end, assistant, Letter("b"), end, user, Letter("c"), end, assistant], ids);
    }
}
