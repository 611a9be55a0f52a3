using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Fuzz;

/// <summary>The host in memory. What it sends out reaches a channel that takes everything, so nothing leaves the process.</summary>
internal sealed class FuzzHost(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    /// <summary>Sends a request as it is, past all that a client library would mend.</summary>
    /// <returns>The status.</returns>
    public async Task<int> SendAsync(MutatedRequest request, CancellationToken cancellationToken)
    {
        var context = await Server.SendAsync(
            context =>
            {
                context.Request.Method = request.Method;
                context.Request.Path = new PathString(request.Path.StartsWith('/') ? request.Path : "/" + request.Path);
                context.Request.QueryString = request.Query.StartsWith('?') ? new QueryString(request.Query) : QueryString.Empty;
                if (request.ContentType is { } type)
                    context.Request.Headers.ContentType = type;
                if (request.Authorization is { } authorization)
                    context.Request.Headers.Authorization = authorization;
                context.Request.Body = new MemoryStream(request.Body);
                context.Request.ContentLength = request.Body.Length;
            },
            cancellationToken);
        return context.Response.StatusCode;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("OnnxChat:Turns:Store", "None");
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IChatClient>(new ScriptedChatClient());
            services.AddSingleton<IHttpClientFactory>(new Outside());
        });
    }

    private sealed class Outside : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id":"1"}""", null, "application/json") });
    }
}
