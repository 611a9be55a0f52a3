using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Chat;

public sealed class ConfidenceTests : IDisposable
{
    private const string Key = "OnnxChat.Confidence";

    private readonly OnnxChatService _service = new(StarterModel.Folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task GetResponse_KnownQuestionAndOneOfManyMeanings_IsSurerOfTheKnownOne()
    {
        var known = await ConfidenceAsync(StarterModel.Question);
        var ambiguous = await ConfidenceAsync("order");

        Assert.InRange(known.MeanLogProbability, -0.5, 0);
        Assert.True(known.MeanLogProbability > ambiguous.MeanLogProbability);
        Assert.True(known.MinLogProbability > ambiguous.MinLogProbability);
        Assert.InRange(known.MinLogProbability, double.NegativeInfinity, known.MeanLogProbability);
        Assert.True(known.FirstTokenEntropy < ambiguous.FirstTokenEntropy);
        Assert.InRange(ambiguous.FirstTokenEntropy, 0, Math.Log(StarterModel.Vocabulary));
    }

    [Fact]
    public async Task Metadata_OfEverySurface_HasTheSameConfidence()
    {
        var expected = await ConfidenceAsync(StarterModel.Question);
        var streamed = await _service.GetStreamingResponseAsync(StarterModel.Question, new ChatOptions { Temperature = 0 }, Cancel).ToListAsync(Cancel);
        var settings = new OnnxChatPromptExecutionSettings { Temperature = 0 };
        var content = await _service.GetChatMessageContentAsync(StarterModel.Question, settings, cancellationToken: Cancel);
        var pieces = await _service.GetStreamingChatMessageContentsAsync(StarterModel.Question, settings, cancellationToken: Cancel).ToListAsync(Cancel);
        var texts = await _service.GetTextContentsAsync(StarterModel.Question, settings, cancellationToken: Cancel);

        object?[] all = [streamed[^1].AdditionalProperties![Key], content.Metadata![Key], pieces[^1].Metadata![Key], texts[0].Metadata![Key]];
        Assert.All(all, actual => Assert.Equal(expected.MeanLogProbability, Assert.IsType<OnnxChatConfidence>(actual).MeanLogProbability, 1e-6));
    }

    [Fact]
    public async Task Metadata_FolderWithoutCalibration_HasNoScoreAndHandsNothingOver()
    {
        using var folder = new ChatMLFolder();
        using var service = new OnnxChatService(folder.Path);
        var response = await service.GetResponseAsync("hello", new ChatOptions { Temperature = 0 }, Cancel);

        var confidence = Assert.IsType<OnnxChatConfidence>(response.AdditionalProperties![Key]);
        Assert.Null(confidence.Score);
        Assert.Null(confidence.Threshold);
        Assert.False(confidence.BelowThreshold);
    }

    // The model's own probabilities, whatever the request does with them.
    [Fact]
    public async Task GetResponse_OtherTemperature_DoesNotChangeTheFirstTokensEntropy()
    {
        var greedy = await ConfidenceAsync(StarterModel.Question);
        var hot = await ConfidenceAsync(StarterModel.Question, new ChatOptions { Temperature = 5, TopK = 3, Seed = 1 });

        Assert.Equal(greedy.FirstTokenEntropy, hot.FirstTokenEntropy, 1e-6);
    }

    private async Task<OnnxChatConfidence> ConfidenceAsync(string question, ChatOptions? options = null)
    {
        var response = await _service.GetResponseAsync(question, options ?? new ChatOptions { Temperature = 0 }, Cancel);
        return Assert.IsType<OnnxChatConfidence>(response.AdditionalProperties![Key]);
    }
}
