using System.Text;
using OnnxChat.ModelTools.CommandLine;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.InputEncoding = Console.OutputEncoding;
return await OnnxChatCommand.RunAsync(args, new Terminal(Console.In, Console.Out, Console.Error), CancellationToken.None);
