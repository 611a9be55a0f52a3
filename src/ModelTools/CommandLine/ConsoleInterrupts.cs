using System.Runtime.InteropServices;

namespace OnnxChat.ModelTools.CommandLine;

/// <summary>Ctrl-C of the process's own terminal.</summary>
internal sealed class ConsoleInterrupts : IInterrupts
{
    public IDisposable Subscribe(Action action) => PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        action();
    });
}
