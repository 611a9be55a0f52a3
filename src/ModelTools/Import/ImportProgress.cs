using System.Globalization;
using OnnxChat.Gpt2.Export;
using Spectre.Console;

namespace OnnxChat.ModelTools.Import;

/// <summary>Shows how far an import is: one line that renews itself on a terminal; nothing elsewhere.</summary>
internal sealed class ImportProgress : IProgress<ExportProgress>, IDisposable
{
    private readonly TextWriter _error;
    private readonly bool _renews;
    private string _stage = "";
    private int _shown = -1;

    public ImportProgress(TextWriter error)
    {
        _error = error;
        _renews = ReferenceEquals(error, Console.Error)
            && !Console.IsErrorRedirected
            && AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) }).Profile.Capabilities.Interactive;
    }

    /// <summary>Says what is done next.</summary>
    public void Stage(string what)
    {
        (_stage, _shown) = (what, -1);
        Show("     ");
    }

    public void Report(ExportProgress value)
    {
        var percent = 100 * value.Written / value.Total;
        if (percent == _shown)
            return;
        _shown = percent;
        Show(string.Create(CultureInfo.InvariantCulture, $"{percent,3} %"));
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_renews)
            _error.Write("\r\u001b[K");
    }

    private void Show(string share)
    {
        if (_renews)
            _error.Write($"\r  {share}  {_stage}\u001b[K");
    }
}
