using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.ModelTools.Calibrate.Fitting;
using OnnxChat.ModelTools.Calibrate.Indexing;
using OnnxChat.ModelTools.Calibrate.Results;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Evaluate.Conversations;
using OnnxChat.ModelTools.Evaluate.Scoring;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary>Calibrates one model folder.</summary>
internal sealed class Calibrator(CalibrateRequest request, Terminal terminal)
{
    // Below that no threshold means anything: one wrong reply is 2 % of them.
    private const int LeastQuestions = 50;

    private static readonly double[] Strengths = [0, 1, 2];

    /// <summary>Answers the validation questions, and writes index and calibration when all is measured.</summary>
    /// <exception cref="UserException">The files hold too little.</exception>
    public async Task<CalibrationReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = ModelFolder.OpenUncalibrated(request.Model);
        var validation = await ReadAsync("--validation", request.Validation, cancellationToken).ConfigureAwait(false);
        if (validation.Count < LeastQuestions)
            throw new UserException($"--validation {request.Validation}: {validation.Count} conversations are too few to calibrate with. Give {LeastQuestions} at least; with 1,000 the bound means something.");
        var known = request.Known is { } path ? await ReadAsync("--known", path, cancellationToken).ConfigureAwait(false) : [];
        if (request.Known is not null && known.Count == 0)
            throw new UserException($"--known {request.Known} holds no conversation. Give the training conversations, or leave it out for no index.");

        using var status = new StatusLine(terminal);
        status.Show("Building the index of known questions");
        var index = known.Count == 0 ? null : await Task.Run(() => new IndexBuilder(known, request.SizeLimit).Build(cancellationToken), cancellationToken).ConfigureAwait(false);
        var rights = new RightAnswers([.. known, .. validation], index?.Answers, request.CorrectBleu);
        var trials = await TryAsync(folder, index, validation, rights, status, cancellationToken).ConfigureAwait(false);
        // Of equals the weakest.
        var (guidance, replies, _) = trials.MaxBy(t => t.Right)!;

        status.Show("Fitting");
        var started = Stopwatch.GetTimestamp();
        var judged = validation.Select((c, i) => Judge(c, replies[i], index, rights)).ToList();
        var lookup = Stopwatch.GetElapsedTime(started) / validation.Count;
        if (judged.All(j => j.Right) || judged.TrueForAll(j => !j.Right))
            throw new UserException(string.Create(CultureInfo.InvariantCulture, $"All {judged.Count} replies are {(judged[0].Right ? "right" : "wrong")}, so nothing tells one kind from the other. Look at them with 'onnxchat evaluate'; where answers are free texts, give --correct-bleu."));

        var file = index is null ? null : QuestionIndexFile.Write(index);
        var fit = CalibrationFit.Of([.. judged.Select(j => j.Sample(withIndex: true))], file is null ? null : CalibrationFolder.NameOf(file), request.MaxWrong);
        fit = fit with { Entry = fit.Entry with { Guidance = guidance } };
        var own = CalibrationFit.Of([.. judged.Select(j => j.Sample(withIndex: false))], null, request.MaxWrong);
        cancellationToken.ThrowIfCancellationRequested();
        CalibrationFolder.Write(folder.Path, fit.Entry, file, KnownTopics.Of(known));
        return new CalibrationReport(folder.Name, request, fit, own, judged, index, file?.LongLength ?? 0, lookup, [.. trials.Select(t => (t.Strength, (double)t.Right / validation.Count))]);
    }

    private static JudgedReply Judge(Conversation conversation, GeneratedReply reply, QuestionIndex? index, RightAnswers rights)
    {
        IndexMatch? match = index?.Match(conversation.User, reply.Text);
        return new JudgedReply(
            conversation,
            reply,
            match,
            rights.IsRight(conversation, reply.Text),
            rights.IsRefusal(reply.Text),
            match is { } found && rights.IsRight(conversation, found.BestClass));
    }

    private async Task<IReadOnlyList<Conversation>> ReadAsync(string option, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new UserException($"{option} {path}: there is no such file; give a file of JSON lines with \"user\" and \"assistant\".");
        var read = await ConversationFile.ReadAsync(path, terminal.Input, null, cancellationToken).ConfigureAwait(false);
        if (read.BadLines.Count > 0)
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"warning: {option}: {read.BadLines.Count} lines are no conversation and are left out; the first is line {read.BadLines[0].Line}. {read.BadLines[0].Reason}")).ConfigureAwait(false);
        return read.Conversations;
    }

    /// <summary>Answers the questions without the index's guidance, and with it at rising strengths.</summary>
    private async Task<IReadOnlyList<GuidanceTrial>> TryAsync(
        ModelFolder folder, QuestionIndex? index, IReadOnlyList<Conversation> conversations, RightAnswers rights, StatusLine status, CancellationToken cancellationToken)
    {
        var trials = new List<GuidanceTrial>();
        foreach (var strength in index is null ? [0] : Strengths)
        {
            var guided = index is null ? folder : folder with { Guidance = new ReplyGuidance(index, strength, folder) };
            var replies = await ReplyAsync(guided, conversations, status, cancellationToken).ConfigureAwait(false);
            trials.Add(new GuidanceTrial(strength, replies, conversations.Where((c, i) => rights.IsRight(c, replies[i].Text)).Count()));
        }

        return trials;
    }

    private async Task<IReadOnlyList<GeneratedReply>> ReplyAsync(ModelFolder folder, IReadOnlyList<Conversation> conversations, StatusLine status, CancellationToken cancellationToken)
    {
        // One batch at a time, with all processors.
        var options = new OnnxChatOptions { ModelPath = folder.Path, Workers = 1, PromptOverflow = OnnxChatPromptOverflow.TruncateUser };
        await using var model = new LoadedModel(folder, GenAIModel.Load(folder, options.EffectiveThreads), options, NullLogger.Instance);
        var requests = conversations.Select((c, i) => model.Prepare(c.User, c.System, request.Settings with { Seed = request.Settings.Seed + i })).ToList();
        var progress = new ReplyProgress(status, requests.Count);
        // Stepping the model blocks; Ctrl-C must not.
        return await Task.Run(() => new ReplyGenerator(model, CohortLimits.Of(folder, options)).GenerateAsync(requests, progress, cancellationToken), CancellationToken.None).ConfigureAwait(false);
    }
}
