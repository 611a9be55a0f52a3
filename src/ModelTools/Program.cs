using System.Text;
using OnnxChat.ModelTools.CommandLine;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.InputEncoding = Console.OutputEncoding;
var isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
var terminal = new Terminal(Console.In, Console.Out, Console.Error)
{
    IsInteractive = isInteractive,
    // Windows' own line reading has a history.
    ReadKey = isInteractive && !OperatingSystem.IsWindows() ? () => Console.ReadKey(intercept: true) : null,
    ShowsProgress = !Console.IsErrorRedirected,
    Interrupts = new ConsoleInterrupts(),
};
return await OnnxChatCommand.RunAsync(args, terminal, CancellationToken.None);
