using Microsoft.Extensions.AI;
using OnnxChat.BotHost;

namespace OnnxChat.Streaming.Sources;

/// <summary>The bot host as it is on its real server, with its starter model, and both ways to that model.</summary>
internal sealed class StarterHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly EndpointSource _endpoint;

    private StarterHost(WebApplication app)
    {
        _app = app;
        var chat = app.Services.GetRequiredService<IChatClient>();
        Connector = new ConnectorSource(chat);
        _endpoint = new EndpointSource(new Uri(app.Urls.Single()), chat.GetRequiredService<ChatClientMetadata>().DefaultModelId!);
    }

    public IReplySource Connector { get; }

    public IReplySource Endpoint => _endpoint;

    public static async Task<StarterHost> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls", "http://127.0.0.1:0"], ContentRootPath = AppContext.BaseDirectory });
        builder.AddBotHost();
        var app = builder.Build().UseBotHost();
        await app.StartAsync(cancellationToken);
        return new StarterHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        await _app.DisposeAsync();
    }
}
