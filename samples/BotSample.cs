using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace OnnxChat.Samples;

/// <summary>The least bot on the Bot Framework, asked once as a channel asks it.</summary>
internal static class BotSample
{
    public static async Task RunAsync(string model, TextWriter output, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        builder.Services.AddOnnxChat(model).AddHttpClient().AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BotFrameworkAuthentication, ConfigurationBotFrameworkAuthentication>();
        builder.Services.AddSingleton<IBotFrameworkHttpAdapter>(services => new CloudAdapter(services.GetRequiredService<BotFrameworkAuthentication>()));
        builder.Services.AddTransient<IBot, AnsweringBot>();
        await using var app = builder.Build();
        app.MapPost("/api/messages", (HttpContext http, IBotFrameworkHttpAdapter adapter, IBot bot) => adapter.ProcessAsync(http.Request, http.Response, bot, http.RequestAborted));
        await app.StartAsync(cancellationToken);

        using var channel = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var account = new { id = "1" };
        var message = new { type = "message", deliveryMode = "expectReplies", id = "1", channelId = "test", serviceUrl = "http://localhost", from = account, recipient = account, conversation = account, text = "Do you ship to Canada?" };
        using var replies = await channel.PostAsJsonAsync("/api/messages", message, cancellationToken);
        await output.WriteLineAsync(await replies.Content.ReadAsStringAsync(cancellationToken));
    }

    private sealed class AnsweringBot(IChatClient chat) : ActivityHandler
    {
        protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken) =>
            await turnContext.SendActivityAsync(MessageFactory.Text((await chat.GetResponseAsync(turnContext.Activity.Text, cancellationToken: cancellationToken)).Text), cancellationToken);
    }
}
