using OnnxChat.Messages;
using OnnxChat.Messages.Bots;

// The process of our host is this program too.
if (args is ["host", .. var settings])
{
    await StubHost.RunAsync(settings);
    return 0;
}

return await MessagesCommand.Create().Parse(args).InvokeAsync();
