using System.Text;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Tests.Chat;

/// <summary>A person at a terminal, who types lines and presses Ctrl-C.</summary>
internal sealed class FakeTerminal : IInterrupts, IDisposable
{
    private readonly Screen _screen = new();
    private readonly StringWriter _error = new();
    private Action? _interrupt;

    /// <summary>What the person sees.</summary>
    public string Seen => _screen.ToString();

    /// <summary>Presses Ctrl-C in the moment when something is written that is neither empty nor the prompt.</summary>
    public void InterruptFirstWords() => _screen.Written = text =>
    {
        if (string.IsNullOrWhiteSpace(text) || text.StartsWith("Enter a prompt", StringComparison.Ordinal))
            return;
        _screen.Written = null;
        _interrupt!();
    };

    /// <summary>Runs a chat with the starter model.</summary>
    /// <param name="lines">What is typed; null for Ctrl-C at the prompt.</param>
    /// <param name="args">Options.</param>
    public async Task<int> ChatAsync(IEnumerable<string?> lines, params string[] args)
    {
        using var keyboard = new Keyboard(lines, () => _interrupt!());
        var terminal = new Terminal(keyboard, _screen, _error) { IsInteractive = true, Interrupts = this };
        return await OnnxChatCommand.RunAsync(["chat", .. args], terminal, TestContext.Current.CancellationToken);
    }

    public IDisposable Subscribe(Action action)
    {
        _interrupt = action;
        return new MemoryStream();
    }

    public void Dispose()
    {
        _screen.Dispose();
        _error.Dispose();
    }

    private sealed class Screen : StringWriter
    {
        public Action<string?>? Written { get; set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value)
        {
            base.Write(value);
            Written?.Invoke(value);
        }
    }

    private sealed class Keyboard(IEnumerable<string?> lines, Action interrupt) : TextReader
    {
        private readonly Queue<string?> _lines = new(lines);
        private readonly ManualResetEventSlim _closed = new();

        public override string? ReadLine()
        {
            if (!_lines.TryDequeue(out var line))
                return null;
            if (line is not null)
                return line;
            // A console goes on reading after Ctrl-C.
            interrupt();
            _closed.Wait(TestContext.Current.CancellationToken);
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }
}
