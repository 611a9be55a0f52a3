namespace OnnxChat.Messages.Measuring;

/// <summary>Both bots, one after the other.</summary>
internal sealed record Round(LoadRun Ours, LoadRun Theirs)
{
    public double Ratio => Ours.PerSecond / Theirs.PerSecond;
}
