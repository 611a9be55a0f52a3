using OnnxChat.Throughput;
using OnnxChat.Throughput.Engines;

// The processes of the engines are this program too.
if (args is ["engine", var kind, var model])
{
    await new EngineHost(Enum.Parse<EngineKind>(kind), model).RunAsync();
    return 0;
}

return await BenchCommand.Create().Parse(args).InvokeAsync();
