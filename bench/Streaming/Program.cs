using OnnxChat.Streaming;

return await StreamingCommand.Create().Parse(args).InvokeAsync();
