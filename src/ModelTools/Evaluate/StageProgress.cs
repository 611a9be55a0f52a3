namespace OnnxChat.ModelTools.Evaluate;

/// <summary>Passes on how far one stage is.</summary>
internal sealed class StageProgress : IProgress<double>
{
    private readonly IProgress<EvaluationStage> _whole;
    private readonly string _what;

    public StageProgress(IProgress<EvaluationStage> whole, string what)
    {
        _whole = whole;
        _what = what;
        Report(0);
    }

    public void Report(double value) => _whole.Report(new EvaluationStage(_what, value));
}
