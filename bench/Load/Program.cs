using OnnxChat.Load;
using OnnxChat.Load.Hosts;

// The process of the host is this program too.
if (args is ["host", .. var settings])
{
    await PacedHost.RunAsync(settings);
    return 0;
}

return await LoadCommand.Create().Parse(args).InvokeAsync();
