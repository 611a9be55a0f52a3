using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.Evaluation;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Evaluate.Conversations;
using OnnxChat.ModelTools.Evaluate.Models;
using OnnxChat.ModelTools.Evaluate.Results;
using OnnxChat.ModelTools.Evaluate.Scoring;

namespace OnnxChat.ModelTools.Evaluate;

/// <summary>Measures one model, or two on the same conversations.</summary>
internal sealed class Evaluator(EvaluateRequest request, IProgress<EvaluationStage> progress, TimeProvider time)
{
    /// <exception cref="UserException">The input holds no conversation that can be measured.</exception>
    public async Task<EvaluationResult> RunAsync(TextReader standardInput, CancellationToken cancellationToken)
    {
        request.Settings.Validate();
        var models = OpenModels();
        var read = await ConversationFile.ReadAsync(request.Input, standardInput, request.Limit, cancellationToken).ConfigureAwait(false);
        var (fitting, bad) = Fit(read, models);
        if (fitting.Count == 0)
            throw new UserException(NothingToMeasure(bad));

        var evaluations = new List<ModelEvaluation>();
        foreach (var model in models)
        {
            await using var loaded = model.Load(request.Guided);
            // Stepping the model blocks; Ctrl-C must not.
            evaluations.Add(await Task.Run(() => MeasureAsync(model, loaded, fitting, cancellationToken), CancellationToken.None).ConfigureAwait(false));
        }

        return new EvaluationResult(request, evaluations, bad, time.GetUtcNow());
    }

    private List<EvaluationModel> OpenModels()
    {
        var models = request.Models.Select(choice => EvaluationModel.Open(choice, request.AnswerForm)).ToList();
        return models.Count == 2 && models[0].Label == models[1].Label ? models.ConvertAll(m => m.WithFolderAsLabel()) : models;
    }

    /// <summary>Sets aside what the context of a model does not hold.</summary>
    private static (List<Conversation> Fitting, List<BadLine> Bad) Fit(ConversationSet read, List<EvaluationModel> models)
    {
        var fitting = new List<Conversation>();
        var bad = read.BadLines.ToList();
        foreach (var conversation in read.Conversations)
        {
            var tooLong = models.Find(m => m.Encode(conversation).Tokens.Length > m.ContextLength);
            if (tooLong is null)
                fitting.Add(conversation);
            else
                bad.Add(new BadLine(conversation.Line, $"Prompt and answer have {tooLong.Encode(conversation).Tokens.Length} tokens; the context of {tooLong.Label} holds {tooLong.ContextLength}."));
        }

        return (fitting, [.. bad.OrderBy(b => b.Line)]);
    }

    private string NothingToMeasure(List<BadLine> bad) =>
        $"--input {request.Input} holds no conversation to measure. Each line is one JSON object such as " +
        """{"user": "Where is my order?", "assistant": "Under My Orders."}, with "system" if you like.""" +
        (bad.Count == 0 ? "" : $" Line {bad[0].Line}: {bad[0].Reason}");

    private async Task<ModelEvaluation> MeasureAsync(EvaluationModel model, LoadedModel loaded, List<Conversation> conversations, CancellationToken cancellationToken)
    {
        var limits = CohortLimits.Of(loaded.Folder, new OnnxChatOptions { Workers = 1 });
        var encoded = conversations.ConvertAll(model.Encode);
        var likelihoods = new TokenScorer(loaded.Model, loaded.Folder.Configuration, limits).Score(encoded.ConvertAll(e => e.Tokens), Stage(model, "wanted answers"), cancellationToken);
        var requests = conversations.Select((c, i) => loaded.Prepare(c.User, c.System, SettingsOf(i))).ToList();
        var started = time.GetTimestamp();
        var replies = await new ReplyGenerator(loaded, limits).GenerateAsync(requests, Stage(model, "replies"), cancellationToken).ConfigureAwait(false);
        var speed = new GenerationSpeed(replies.Sum(r => (long)r.Tokens), time.GetElapsedTime(started));

        var rights = new RightAnswers(conversations, loaded.Folder.Confidence?.Index?.Answers);
        var evaluated = conversations.Select((conversation, i) =>
        {
            var reply = replies[i];
            var whole = TokenLikelihood.Of(likelihoods[i]);
            var answer = TokenLikelihood.Of(likelihoods[i].AsSpan(encoded[i].PromptLength - 1));
            var scores = ConversationScores.Of(reply.Text, conversation.Assistant, whole, answer, reply.Confidence.MeanLogProbability);
            return new EvaluatedConversation(
                conversation,
                TextLanguages.Detect(conversation.Assistant),
                reply.Text,
                reply.Ended,
                scores,
                scores.SentenceBleu >= request.CorrectBleu,
                loaded.Folder.Confidence?.Score(conversation.User, reply.Text, reply.Confidence) ?? reply.Confidence,
                rights.IsRight(conversation, reply.Text),
                rights.IsRefusal(reply.Text));
        });
        return new ModelEvaluation(model, [.. evaluated], speed);
    }

    // Replies that share a seed would share their chance as well.
    private ReplySettings SettingsOf(int index) => request.Settings with { Seed = request.Settings.Seed + index };

    private StageProgress Stage(EvaluationModel model, string what) => new(progress, $"{model.Label}: {what}");
}
