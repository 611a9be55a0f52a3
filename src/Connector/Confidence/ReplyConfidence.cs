using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Confidence;

/// <summary>How likely a model's replies are right: its own figures and the index of known questions, calibrated.</summary>
/// <param name="calibration">How the two are put together.</param>
/// <param name="index">Null where the model's own figures are all.</param>
internal sealed class ReplyConfidence(ReplyCalibration calibration, QuestionIndex? index)
{
    public ReplyCalibration Calibration => calibration;

    public QuestionIndex? Index => index;

    /// <summary>Reads what <c>onnxchat calibrate</c> left in a model folder.</summary>
    /// <returns>Null where it was not run.</returns>
    /// <exception cref="OnnxChatModelException">It cannot be used.</exception>
    public static ReplyConfidence? Read(string folder, ConfidenceEntry? entry)
    {
        if (entry is null)
            return null;
        var manifest = Path.Combine(folder, ModelManifest.FileName);
        var calibration = new ReplyCalibration(entry, manifest);
        if (entry.Index is null)
            return new ReplyConfidence(calibration, null);
        if (Path.GetFileName(entry.Index) != entry.Index || entry.Index.Length == 0)
            throw new OnnxChatModelException($"{manifest}: \"index\" of \"confidence\" is '{entry.Index}'; it must name a file in the folder. Run 'onnxchat calibrate' again.");
        return new ReplyConfidence(calibration, QuestionIndexFile.Read(Path.Combine(folder, entry.Index)));
    }

    /// <summary>Adds the score to a reply's figures.</summary>
    /// <inheritdoc cref="Score(string, QuestionLookup, string, OnnxChatConfidence)"/>
    public OnnxChatConfidence Score(string question, string reply, OnnxChatConfidence figures) => Score(question, index?.Look(question), reply, figures);

    /// <summary>Adds the score to a reply's figures.</summary>
    /// <param name="question">What the user asked last.</param>
    /// <param name="lookup">What the index says of it; null without an index.</param>
    /// <param name="reply">The whole reply.</param>
    /// <param name="figures">How sure the model was.</param>
    public OnnxChatConfidence Score(string question, QuestionLookup? lookup, string reply, OnnxChatConfidence figures)
    {
        var features = ConfidenceFeatures.Of(figures, lookup is null ? null : index!.Match(lookup, reply.Trim()));
        return new OnnxChatConfidence(figures.MeanLogProbability, figures.MinLogProbability, figures.FirstTokenEntropy)
        {
            Choice = figures.Choice,
            Score = calibration.Score(features),
            Threshold = calibration.Threshold(ReplyCalibration.LanguageOf(question)),
        };
    }
}
