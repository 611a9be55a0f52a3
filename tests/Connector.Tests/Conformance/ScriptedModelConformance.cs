using Microsoft.Extensions.Logging;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Conformance;

/// <summary>The service over a model that gives the answer's tokens whatever it is asked.</summary>
public sealed class ScriptedModelConformance : ChatServiceConformance
{
    private readonly List<ScriptedModel> _models = [];

    protected override OnnxChatService Create(OnnxChatOptions options, ILoggerFactory? log) => new(options, log, null, (o, logger) =>
    {
        var folder = ModelFolder.Open(o.ModelPath);
        int[] tokens = [.. folder.Tokenizer.Encode(StarterModel.Answer), folder.Configuration.EndTokens.First()];
        var model = new ScriptedModel(position => tokens[Math.Min(position, tokens.Length - 1)], folder.Configuration.VocabularySize);
        _models.Add(model);
        return new LoadedModel(folder, model, o, logger);
    });

    protected override int Requests => _models.Sum(m => m.Sequences);
}
