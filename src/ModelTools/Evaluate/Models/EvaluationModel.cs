using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Evaluate.Models;

/// <summary>A model folder with the template that it is measured with. Its graph is loaded on demand.</summary>
internal sealed class EvaluationModel
{
    private readonly ModelFolder _folder;
    private readonly AnswerForm _answers;

    private EvaluationModel(ModelFolder folder, AnswerForm answers, string label)
    {
        _folder = folder;
        _answers = answers;
        Label = label;
    }

    /// <summary>What reports call the model.</summary>
    public string Label { get; }

    public string Path => _folder.Path;

    /// <summary>The prompt's template.</summary>
    public string Prompt => PromptOf(_folder);

    /// <summary>How the wanted answer is written after the prompt.</summary>
    public string AnswerForm => _answers.Text;

    public int ContextLength => _folder.Configuration.ContextLength;

    private string TokenizerPath => System.IO.Path.Combine(Path, "tokenizer.json");

    /// <summary>Opens the descriptions in a folder.</summary>
    /// <param name="choice">Folder and template.</param>
    /// <param name="answerForm">See <see cref="Models.AnswerForm"/>; null for the usual one.</param>
    public static EvaluationModel Open(ModelChoice choice, string? answerForm)
    {
        var folder = ModelFolder.Open(choice.Folder);
        var label = folder.Name;
        if (choice.OtherEnding)
        {
            var template = folder.Prompts.Template as SingleTurnTemplate
                ?? throw new UserException($"--compare-template without FILE takes the space at a prompt's end away or adds it; {folder.Path} has a chat template for whole conversations. Give a FILE.");
            var shorter = template.Prompt.EndsWith(' ');
            folder = WithTemplate(folder, new SingleTurnTemplate(shorter ? template.Prompt[..^1] : template.Prompt + ' ', template.DefaultSystem, template.Stop));
            label += shorter ? " without the space at the prompt's end" : " with a space at the prompt's end";
        }
        else if (choice.TemplateFile is { } file)
        {
            folder = WithTemplate(folder, ReadTemplate(file));
            label += $" with {System.IO.Path.GetFileName(file)}";
        }

        return new EvaluationModel(folder, new AnswerForm(answerForm, folder, PromptOf(folder)), label);
    }

    /// <summary>Loads the graph.</summary>
    /// <param name="guided">See <see cref="OnnxChatOptions.GuideReplies"/>.</param>
    public LoadedModel Load(bool guided)
    {
        // One batch at a time, with all processors.
        var options = new OnnxChatOptions { ModelPath = _folder.Path, Workers = 1, GuideReplies = guided };
        return new LoadedModel(_folder, GenAIModel.Load(_folder, options.EffectiveThreads), options, NullLogger.Instance);
    }

    /// <summary>The same model under its folder's name, for two models that have one name.</summary>
    public EvaluationModel WithFolderAsLabel() => new(_folder, _answers, _folder.Path);

    /// <summary>Whether both count the same tokens, so that their losses can be compared.</summary>
    public bool HasTokenizerOf(EvaluationModel other) =>
        Path == other.Path || File.ReadAllBytes(TokenizerPath).AsSpan().SequenceEqual(File.ReadAllBytes(other.TokenizerPath));

    /// <summary>The tokens of a conversation.</summary>
    public EncodedConversation Encode(Conversation conversation)
    {
        var prompt = _folder.Prompts.Build(conversation.User, conversation.System);
        return new EncodedConversation([.. prompt, .. _answers.Encode(conversation.Assistant)], prompt.Length);
    }

    private static string PromptOf(ModelFolder folder) => folder.Prompts.Template is SingleTurnTemplate single
        ? single.Prompt
        : folder.Prompts.Template.Render([new Turn(TurnRole.User, "{user}")], system: null).Characters;

    private static ModelFolder WithTemplate(ModelFolder folder, IChatTemplate template) => folder with { Prompts = new PromptBuilder(template, folder.Tokenizer) };

    private static SingleTurnTemplate ReadTemplate(string file)
    {
        if (!File.Exists(file))
            throw new UserException($"--compare-template {file}: there is no such file.");
        var read = Gpt2.Export.PromptTemplate.Read(file);
        return new SingleTurnTemplate(read.Prompt, read.System, read.Stop);
    }
}
