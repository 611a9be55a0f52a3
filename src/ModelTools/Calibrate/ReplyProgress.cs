using System.Globalization;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary>Shows how many questions are answered.</summary>
internal sealed class ReplyProgress(StatusLine status, int questions) : IProgress<double>
{
    public void Report(double value) =>
        status.Show(string.Create(CultureInfo.InvariantCulture, $"{100 * value,3:0} %  answering {questions:N0} validation questions"));
}
