using System.Text;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.CommandLine;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var terminal = new Terminal(Console.In, Console.Out, Console.Error)
{
    IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
    ShowsProgress = !Console.IsErrorRedirected,
    Interrupts = new ConsoleInterrupts(),
};
return await TrainCommand.RunAsync(args, terminal, CancellationToken.None).ConfigureAwait(false);
