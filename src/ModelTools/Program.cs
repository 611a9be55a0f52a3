using System.Text;
using OnnxChat.ModelTools.CommandLine;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.InputEncoding = Console.OutputEncoding;
var terminal = new Terminal(Console.In, Console.Out, Console.Error)
{
    IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
    ShowsProgress = !Console.IsErrorRedirected,
    Interrupts = new ConsoleInterrupts(),
};
return await OnnxChatCommand.RunAsync(args, terminal, CancellationToken.None);
