using System.Globalization;
using OnnxChat.ModelTools.CommandLine;
using Spectre.Console;

namespace OnnxChat.ModelTools.Evaluate;

/// <summary>One line that renews itself on a terminal; nothing elsewhere.</summary>
internal sealed class EvaluateProgress : IProgress<EvaluationStage>, IDisposable
{
    private readonly TextWriter _error;
    private readonly bool _renews;
    private bool _shown;

    public EvaluateProgress(Terminal terminal)
    {
        _error = terminal.Error;
        _renews = ReferenceEquals(_error, Console.Error)
            && !Console.IsErrorRedirected
            && AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error) }).Profile.Capabilities.Interactive;
    }

    public void Report(EvaluationStage value)
    {
        if (!_renews)
            return;
        _error.Write(string.Create(CultureInfo.InvariantCulture, $"\r  {100 * value.Share,3:0} %  {value.What}\u001b[K"));
        _shown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_shown)
            _error.Write("\r\u001b[K");
    }
}
