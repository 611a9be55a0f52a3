using OnnxChat.Gpt2.Export;

namespace OnnxChat.Gpt2.Tests.Export;

/// <summary>Keeps every report, at once and in order.</summary>
internal sealed class RecordedProgress : IProgress<ExportProgress>
{
    public List<ExportProgress> Reports { get; } = [];

    public Action<ExportProgress>? OnReport { get; init; }

    public void Report(ExportProgress value)
    {
        Reports.Add(value);
        OnReport?.Invoke(value);
    }
}
