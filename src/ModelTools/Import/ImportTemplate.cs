using System.Text.RegularExpressions;
using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Gpt2.Export;
using ChatTurn = OnnxChat.Connector.Prompting.Turn;

namespace OnnxChat.ModelTools.Import;

/// <summary>A template as a service will follow it, tried before anything large is written.</summary>
/// <param name="Template">The template.</param>
/// <param name="Example">The prompt of one question, with <c>{user}</c> in the question's place.</param>
/// <param name="PlainMarkers">What looks like a marker in the prompt, but is no control token of the tokenizer.</param>
internal sealed partial record ImportTemplate(ModelTemplate Template, string Example, IReadOnlyList<string> PlainMarkers)
{
    private const string UserPlace = "{user}";

    /// <param name="template">The template.</param>
    /// <param name="source">Where it is from, for errors.</param>
    /// <param name="tokenizerFolder">The folder with the tokenizer that goes with it.</param>
    /// <exception cref="Connector.OnnxChatModelException">The template cannot be followed.</exception>
    public static ImportTemplate Of(ModelTemplate template, string source, string tokenizerFolder)
    {
        var tokenizer = new ModelTokenizer(TokenizerFile.Read(Path.Combine(tokenizerFolder, "tokenizer.json")));
        var written = Follow(template, source, tokenizerFolder).Render([new ChatTurn(TurnRole.User, UserPlace)], null);
        var own = written.Pieces.Where(piece => !piece.Quoted).SelectMany(piece => Marker().Matches(piece.Text)).Select(match => match.Value);
        return new ImportTemplate(
            template,
            template is PromptTemplate prompt ? prompt.Prompt : written.Characters,
            [.. own.Distinct().Where(marker => !tokenizer.ControlTokens.ContainsKey(marker))]);
    }

    /// <summary>Whether a template names one of the card's tokens.</summary>
    public static bool UsesCardTokens(ModelTemplate template)
    {
        string?[] texts = template switch
        {
            PromptTemplate prompt => [prompt.Prompt],
            ConversationTemplate chat => [chat.Begin, chat.Reply, .. new[] { chat.System, chat.User, chat.Assistant }.SelectMany(role => new[] { role?.Prefix, role?.Suffix })],
            JinjaTemplate jinja => [jinja.Source],
            _ => [],
        };
        return texts.Any(text => text is not null && CardTokens.InOrder.Any(token => text.Contains(token, StringComparison.Ordinal)));
    }

    private static IChatTemplate Follow(ModelTemplate template, string source, string tokenizerFolder) => template switch
    {
        PromptTemplate prompt => new SingleTurnTemplate(prompt.Prompt, prompt.System, prompt.Stop),
        ConversationTemplate chat => new RolesTemplate
        {
            Begin = chat.Begin,
            System = chat.System is null ? null : Markers(chat.System),
            User = Markers(chat.User),
            Assistant = Markers(chat.Assistant),
            Reply = chat.Reply,
            DefaultSystem = chat.DefaultSystem,
            Stop = chat.Stop,
        },
        JinjaTemplate jinja => new JinjaChatTemplate(
            jinja.Source, source, Connector.ModelFolders.TokenizerConfiguration.Read(tokenizerFolder).SpecialTokens, jinja.DefaultSystem, jinja.Stop),
        _ => throw new ArgumentException($"{template.GetType().Name} is no known form of a template.", nameof(template)),
    };

    private static RoleMarkers Markers(RoleText role) => new(role.Prefix, role.Suffix);

    // <|im_start|>, <s>, </s>, <start_of_turn>, [INST], [/INST]: what models mark turns with.
    [GeneratedRegex(@"<\|[^|<>\s]+\|>|</?[A-Za-z][A-Za-z0-9_]*>|\[/?[A-Z][A-Z0-9_]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
