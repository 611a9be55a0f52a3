using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.Evaluate;
using OnnxChat.ModelTools.Evaluate.Models;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Evaluate;

public class EvaluatorTests
{
    [Theory]
    [InlineData("wanted answers")]
    [InlineData("replies")]
    public async Task RunAsync_StoppedInAStage_Stops(string stage)
    {
        using var stop = new CancellationTokenSource();
        var progress = new CallbackProgress(reported =>
        {
            if (reported.What.EndsWith(stage, StringComparison.Ordinal))
                stop.Cancel();
        });
        var request = new EvaluateRequest
        {
            Models = [new ModelChoice(Path.Combine(Repository.Root, "models", "starter"))],
            Input = "-",
            Settings = new ReplySettings { Temperature = 0 },
            CorrectBleu = 50,
        };
        using var input = new StringReader(EvaluationRun.ReferenceInput(40));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Evaluator(request, progress, TimeProvider.System).RunAsync(input, stop.Token));

        Assert.EndsWith(stage, progress.Last.What, StringComparison.Ordinal);
        Assert.InRange(progress.Last.Share, 0, 0.5);
    }

    private sealed class CallbackProgress(Action<EvaluationStage> callback) : IProgress<EvaluationStage>
    {
        public EvaluationStage Last { get; private set; }

        public void Report(EvaluationStage value)
        {
            Last = value;
            callback(value);
        }
    }
}
