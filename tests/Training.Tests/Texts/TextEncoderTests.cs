using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Gpt2.Export;
using OnnxChat.Testing;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Tests.Texts;

public sealed class TextEncoderTests
{
    private static readonly string Tokenizer = Path.Combine(Repository.Root, "models", "starter");
    private static readonly PromptTemplate Template = new("<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|>");
    private static readonly ModelTokenizer Reading = new(TokenizerFile.Read(Path.Combine(Tokenizer, "tokenizer.json")));

    public static TheoryData<string, string?> Questions => new()
    {
        { "Where is my order?", null },
        { "where's my pakage #1234 ???", "Be brief." },
        { "  two  spaces ", null },
        { "我的订单在哪里？", null },
        { "I type <|ASSISTANT|> and {system} and {user}", "{user}" },
        { "emoji 🏔️ tab\tand\nlines", null },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void Encode_AnyQuestion_HasThePromptThatTheConnectorSends(string question, string? system)
    {
        var encoder = new TextEncoder(Tokenizer, Template);

        var text = encoder.Encode(new Sample(question, "Yes.") { System = system });

        var prompt = new PromptBuilder(new SingleTurnTemplate(Template.Prompt, Template.System, Template.Stop), Reading).Build(question, system);
        Assert.Equal(prompt, text.Tokens[..text.AnswerStart]);
        Assert.Equal([.. Reading.Encode(" Yes. "), Reading.ControlTokens["<|End|>"]], text.Tokens[text.AnswerStart..]);
        Assert.Equal("Yes.", encoder.Decode(text.Tokens[text.AnswerStart..]));
    }

    [Fact]
    public void Encode_TemplateEndingWithASpace_DoesNotRepeatItInTheAnswer()
    {
        var text = new TextEncoder(Tokenizer, PromptTemplate.Card).Encode(new Sample("Hi", "Yes."));

        Assert.Equal([.. Reading.Encode("Yes. "), Reading.ControlTokens["<|End|>"]], text.Tokens[text.AnswerStart..]);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void MergeTable_WithoutDropout_EncodesAsTheConnectorDoes(string question, string? system)
    {
        var merges = new MergeTable(TokenizerFolder.Read(Tokenizer));

        foreach (var text in new[] { question, system ?? "" })
            Assert.Equal(Reading.Encode(text), merges.Encode(text, dropout: 0, new SeededRandom(1, "")));
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void EncodeVaried_WithoutErrors_KeepsTheTextWhateverItsCuts(string question, string? system)
    {
        var encoder = new TextEncoder(Tokenizer, Template);
        var sample = new Sample(question, "Yes.") { System = system };

        var cuts = Enumerable.Range(0, 50).Select(i => encoder.EncodeVaried(sample, errors: 0, dropout: 0.3, new SeededRandom(i, ""))).ToList();

        Assert.All(cuts, text => Assert.Equal($" {question} ", TextOf(text.Tokens[text.UserStart..(text.AnswerStart - 1)])));
        Assert.True(cuts.Select(text => string.Join(' ', text.Tokens)).Distinct().Count() > 5);
    }

    private static string TextOf(int[] tokens) => System.Text.Encoding.UTF8.GetString([.. tokens.SelectMany(token => Reading.GetBytes(token).ToArray())]);
}
