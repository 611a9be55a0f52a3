using System.Globalization;
using OnnxChat.Gpt2.Export;
using Spectre.Console;

namespace OnnxChat.ModelTools.Import;

/// <summary>Shows how far an import is: one line that renews itself on a terminal, one line a stage elsewhere.</summary>
internal sealed class ImportProgress : IProgress<ExportProgress>
{
    private readonly TextWriter _error;
    private readonly bool _renews;
    private int _shown = -1;

    public ImportProgress(TextWriter error)
    {
        _error = error;
        _renews = ReferenceEquals(error, Console.Error) && AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) }).Profile.Capabilities.Interactive && !Console.IsErrorRedirected;
    }

    /// <summary>Says what is done next.</summary>
    public void Stage(string what)
    {
        Clear();
        _error.WriteLine(what);
        _shown = -1;
    }

    public void Report(ExportProgress value)
    {
        var percent = 100 * value.Written / value.Total;
        if (!_renews || percent == _shown)
            return;
        _shown = percent;
        _error.Write(string.Create(CultureInfo.InvariantCulture, $"\r  {percent,3} %  {value.Tensor}\u001b[K"));
    }

    private void Clear()
    {
        if (_renews && _shown >= 0)
            _error.Write("\r\u001b[K");
    }
}
