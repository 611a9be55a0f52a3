using OnnxChat.BotHost;

// The program's own folder, so that it finds its settings wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddBotHost();

var app = builder.Build();
app.UseBotHost();
await app.RunAsync();
