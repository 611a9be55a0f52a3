namespace OnnxChat.ModelTools.CommandLine;

/// <summary>Where a command reads and writes: data on standard output, everything said to a person on standard error.</summary>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error);
