using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Api;

/// <summary>The OpenAPI document is one, and a client that reads it can talk to the bot.</summary>
public class ApiDocumentTests
{
    [Fact]
    public async Task Document_ByTheReaderOfOpenApi_HasNoErrorAndNoWarning()
    {
        await using var host = new TestHost();

        using var api = await DescribedApi.ReadAsync(host);

        Assert.Equal(OpenApiSpecVersion.OpenApi3_0, api.Diagnostic.SpecificationVersion);
        Assert.Empty(api.Diagnostic.Errors);
        Assert.Empty(api.Diagnostic.Warnings);
        Assert.Empty(api.Document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task Document_Routes_AreThoseForOtherPrograms()
    {
        await using var host = new TestHost();

        using var api = await DescribedApi.ReadAsync(host);

        Assert.Equal(
            [
                "GET /v3/directline/conversations/{conversationId}",
                "GET /v3/directline/conversations/{conversationId}/activities",
                "POST /v3/directline/conversations",
                "POST /v3/directline/conversations/{conversationId}/activities",
                "POST /v3/directline/tokens/generate",
                "POST /v3/directline/tokens/refresh",
            ],
            api.Document.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method} {path.Key}")).Order(StringComparer.Ordinal));
        Assert.All(api.Document.Paths.Values.SelectMany(path => path.Operations!.Values), operation =>
        {
            Assert.False(string.IsNullOrEmpty(operation.Summary));
            // One is for whom has no token yet.
            Assert.Equal(operation.OperationId != "GenerateToken", operation.Security is { Count: 1 });
        });
    }

    [Fact]
    public async Task Operations_CalledByTheDocumentAlone_HoldAConversation()
    {
        await using var host = new TestHost();
        using var api = await DescribedApi.ReadAsync(host);

        var start = await api.CallAsync("GenerateToken");
        api.Token = (string)start["token"]!;
        var conversation = new Dictionary<string, string> { ["conversationId"] = (string)start["conversationId"]! };
        await api.CallAsync("StartConversation", body: new { locale = "en-US" });
        var posted = await api.CallAsync("PostActivity", conversation, new { type = "message", text = "where is my order" });

        var log = (await host.Services.GetRequiredService<DirectLineConversations>().FindAsync(conversation["conversationId"]))!;
        var replies = new List<string>();
        while (replies.Count == 0)
        {
            log.ReadAfter(0, out var changed);
            var read = await api.CallAsync("ReadActivities", conversation);
            replies.AddRange(read["activities"]!.AsArray()
                .Where(a => (string?)a!["type"] == "message" && (string?)a["replyToId"] == (string)posted["id"]! && (string?)a["from"]!["role"] == "bot")
                .Select(a => (string)a!["text"]!));
            if (replies.Count == 0)
                await changed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        Assert.NotEqual("", Assert.Single(replies));
    }

    [Fact]
    public async Task Document_DirectLineIsOff_IsNotThere()
    {
        await using var host = new TestHost(("OnnxChat:DirectLine:Enabled", "false"));
        using var http = host.CreateClient();

        using var response = await http.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
