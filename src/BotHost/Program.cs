using OnnxChat.BotHost;

// The program's own folder, so that it finds its settings wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddBotHost();
var log = builder.AddStartLog();

await using var app = builder.Build();
app.UseBotHost();
if (!await app.TryStartAsync(log, Console.Error))
    return 1;

await app.WaitForShutdownAsync();
return 0;
