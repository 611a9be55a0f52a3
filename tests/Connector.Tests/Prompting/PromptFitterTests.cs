using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Tests.Prompting;

public class PromptFitterTests
{
    private static readonly ModelTokenizer Tokenizer = TinyTokenizer.Load();
    private static readonly PromptBuilder Prompts = new(
        new RolesTemplate { User = new("<|USER|>"), Assistant = new("<|ASSISTANT|>"), Reply = "<|ASSISTANT|>", Stop = [] }, Tokenizer);

    private static readonly PromptBuilder SingleTurn = new(new SingleTurnTemplate("<|USER|>{user}<|ASSISTANT|>", "", []), Tokenizer);

    [Fact]
    public void Fit_HistoryWithRoom_LeavesNothingOut()
    {
        var turns = Conversation(3);

        var prompt = new PromptFitter(Prompts, 256).Fit(turns, null, 16, OnnxChatPromptOverflow.Refuse);

        Assert.Equal(Prompts.Build(turns, null), prompt.Tokens);
        Assert.Equal((0, 0), (prompt.TurnsLeftOut, prompt.TokensLeftOut));
    }

    [Fact]
    public void Fit_HistoryTooLong_LosesItsOldestTurnsAndBeginsWithTheUser()
    {
        var turns = Conversation(40);

        var prompt = new PromptFitter(Prompts, 100).Fit(turns, null, 20, OnnxChatPromptOverflow.Refuse);

        Assert.True(prompt.TurnsLeftOut > 0);
        Assert.Equal(TurnRole.User, turns[prompt.TurnsLeftOut].Role);
        Assert.Equal(Prompts.Build([.. turns.Skip(prompt.TurnsLeftOut)], null), prompt.Tokens);
        Assert.True(prompt.Tokens.Length <= 80);
        Assert.True(Prompts.Build([.. turns.Skip(prompt.TurnsLeftOut - 2)], null).Length > 80);
    }

    [Fact]
    public void Fit_TemplateOfOneTurn_CountsTheOthers()
    {
        var prompt = new PromptFitter(SingleTurn, 100).Fit(Conversation(3), null, null, OnnxChatPromptOverflow.Refuse);

        Assert.Equal(SingleTurn.Build("question 3", null), prompt.Tokens);
        Assert.Equal(4, prompt.TurnsLeftOut);
    }

    [Fact]
    public void Fit_EarlierTurnThatIsNotText_MattersOnlyWhereItIsInThePrompt()
    {
        Turn[] turns = [new(TurnRole.User, "") { Unreadable = "DataContent" }, new(TurnRole.Assistant, "a cat"), new(TurnRole.User, "and now?")];

        var error = Assert.Throws<NotSupportedException>(() => new PromptFitter(Prompts, 100).Fit(turns, null, null, OnnxChatPromptOverflow.Refuse));

        Assert.Contains("DataContent", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, new PromptFitter(SingleTurn, 100).Fit(turns, null, null, OnnxChatPromptOverflow.Refuse).TurnsLeftOut);
    }

    [Fact]
    public void Fit_QuestionTooLong_IsRefusedWithLengthAndLimit()
    {
        var question = Long(200);

        var error = Assert.Throws<OnnxChatPromptTooLongException>(() => new PromptFitter(SingleTurn, 64).Fit([question], null, 8, OnnxChatPromptOverflow.Refuse));

        Assert.Equal((SingleTurn.Build(question.Text, null).Length, 64), (error.PromptTokens, error.ContextLength));
    }

    [Fact]
    public void Fit_QuestionThatLeavesLessThanTheReserve_IsNotRefused()
    {
        var question = Long(20);
        var length = SingleTurn.Build(question.Text, null).Length;

        var prompt = new PromptFitter(SingleTurn, length + 1).Fit([question], null, 100, OnnxChatPromptOverflow.Refuse);

        Assert.Equal(length, prompt.Tokens.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(31)]
    public void Fit_QuestionCut_KeepsItsEndAndTheReplysRoom(int reply)
    {
        var question = Long(200);

        var prompt = new PromptFitter(SingleTurn, 64).Fit([question], null, reply, OnnxChatPromptOverflow.TruncateUser);

        Assert.True(prompt.Tokens.Length <= 64 - reply);
        Assert.True(prompt.Tokens.Length > 64 - reply - 8);
        Assert.Equal(SingleTurn.Build(question.Text, null).Length - prompt.Tokens.Length, prompt.TokensLeftOut);
        var kept = Text(prompt.Tokens.AsSpan(1..^1));
        Assert.EndsWith(kept, question.Text, StringComparison.Ordinal);
        Assert.NotEmpty(kept);
    }

    [Fact]
    public void Fit_QuestionCutAmongComposedCharacters_KeepsThemWhole()
    {
        const string Family = "👨‍👩‍👧‍👦";
        var question = new Turn(TurnRole.User, string.Concat(Enumerable.Repeat(Family, 30)));

        var prompt = new PromptFitter(SingleTurn, 120).Fit([question], null, 10, OnnxChatPromptOverflow.TruncateUser);

        var kept = Text(prompt.Tokens.AsSpan(1..^1));
        Assert.NotEmpty(kept);
        Assert.Equal("", kept.Replace(Family, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_SystemTextTooLong_IsRefusedWhateverIsCut()
    {
        var template = new PromptBuilder(new SingleTurnTemplate("{system}<|USER|>{user}", "", []), Tokenizer);

        Assert.Throws<OnnxChatPromptTooLongException>(() => new PromptFitter(template, 64).Fit([Long(5)], Long(300).Text, 8, OnnxChatPromptOverflow.TruncateUser));
    }

    private static Turn Long(int words) => new(TurnRole.User, string.Join(' ', Enumerable.Range(1, words).Select(i => $"word{i} 退货")));

    private static Turn[] Conversation(int questions) =>
    [
        .. Enumerable.Range(1, questions).SelectMany(i => new Turn[] { new(TurnRole.User, $"question {i}"), new(TurnRole.Assistant, $"answer {i}") }).SkipLast(1),
    ];

    private static string Text(ReadOnlySpan<int> tokens)
    {
        var decoder = new IncrementalDecoder(Tokenizer);
        var text = "";
        foreach (var token in tokens)
            text += decoder.Append(token);
        return text + decoder.Flush();
    }
}
