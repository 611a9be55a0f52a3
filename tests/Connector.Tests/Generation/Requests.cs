using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Generation;

/// <summary>Requests of given lengths, for tests of what runs together.</summary>
internal static class Requests
{
    private static readonly ModelFolder Folder = ModelFolder.Open(StarterModel.Folder);

    public static GenerationRequest Of(int promptLength, int maxTokens = 50, long? seed = null) => new()
    {
        Prompt = Enumerable.Repeat(374, promptLength).ToArray(),
        MaxTokens = maxTokens,
        Sampling = new ReplySettings { Temperature = 0, Seed = seed }.ToSampling(Folder.Configuration),
        StopSequences = [],
        WholeContinuation = true,
    };

    public static RunningReply Reply(int promptLength, int maxTokens = 50, long? seed = null) =>
        new(new GenerationJob(Of(promptLength, maxTokens, seed)), Folder);
}
