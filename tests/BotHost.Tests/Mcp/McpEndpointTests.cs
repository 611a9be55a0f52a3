using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Mcp;

/// <summary>The tools at /mcp, asked by the official client.</summary>
public sealed class McpEndpointTests
{
    private const string Key = "a-key-of-which-only-the-hash-is-known";

    private static readonly (string, string?)[] Keyed =
    [
        ("OnnxChat:OpenAI:ApiKeys:0:Name", "shop"),
        ("OnnxChat:OpenAI:ApiKeys:0:Sha256", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_OfThisMachine_ListsAndCallsWithoutAKey()
    {
        await using var host = new TestHost();
        await using var client = await ConnectAsync(host);

        Assert.Equal(["answer_customer_question", "list_topics"], (await client.ListToolsAsync(cancellationToken: Cancel)).Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal("serve_customer", Assert.Single(await client.ListPromptsAsync(cancellationToken: Cancel)).Name);
        var result = await client.CallToolAsync("answer_customer_question", new Dictionary<string, object?> { ["question"] = "How long does shipping take?" }, cancellationToken: Cancel);

        Assert.Equal("Answer to How long does shipping take?", result.StructuredContent!.Value.GetProperty("text").GetString());
        Assert.DoesNotContain("How long does shipping take?", host.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WithItsKey_Calls()
    {
        await using var host = new TestHost(Keyed);
        await using var client = await ConnectAsync(host, Key);

        var result = await client.CallToolAsync("answer_customer_question", new Dictionary<string, object?> { ["question"] = "Where?" }, cancellationToken: Cancel);

        Assert.Contains("Answer to Where?", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer another-key")]
    [InlineData("Bearer ")]
    [InlineData("Basic YS1rZXk6")]
    public async Task Post_KeysAreConfiguredAndItHasNone_Is401(string? authorization)
    {
        await using var host = new TestHost(Keyed);
        using var response = await PostAsync(host, ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Host", "rebound.example.com")]
    [InlineData("Origin", "https://elsewhere.example.com")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Post_FromElsewhereWithoutKeys_Is403(string header, string value)
    {
        await using var host = new TestHost();
        using var response = await PostAsync(host, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Post_SwitchedOff_Is404()
    {
        await using var host = new TestHost(("OnnxChat:Mcp:Enabled", "false"));
        using var response = await PostAsync(host);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<McpClient> ConnectAsync(TestHost host, string? key = null)
    {
        var http = host.CreateClient();
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var options = new HttpClientTransportOptions { Endpoint = new Uri(http.BaseAddress!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp };
        return await McpClient.CreateAsync(new HttpClientTransport(options, http, ownsHttpClient: true), cancellationToken: Cancel);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestHost host, params (string Name, string? Value)[] headers)
    {
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "tools/list" }) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, Cancel);
    }
}
