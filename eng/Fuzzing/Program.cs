using OnnxChat.Fuzzing;

return await FuzzCommand.Create(TimeProvider.System).Parse(args).InvokeAsync();
