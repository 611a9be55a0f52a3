using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.Tests.OpenAI;

public sealed class CompletionTests : IAsyncDisposable
{
    private const string Path = "/v1/chat/completions";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Post_Messages_AnswersInOpenAIsShape()
    {
        using var http = _host.CreateClient();

        using var response = await http.PostAsJsonAsync(Path, Request("where is my order?"), Cancelled);
        var json = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("chatcmpl-", (string?)json["id"]);
        Assert.Equal(("chat.completion", "onnxchat", 1_772_366_400L), ((string?)json["object"], (string?)json["model"], (long?)json["created"]));
        var choice = Assert.Single(json["choices"]!.AsArray())!;
        Assert.Equal(("assistant", "Answer to where is my order?"), ((string?)choice["message"]!["role"], (string?)choice["message"]!["content"]));
        Assert.Equal((0, "stop"), ((int?)choice["index"], (string?)choice["finish_reason"]));
    }

    [Fact]
    public async Task Post_Stream_SendsPiecesThenFinishThenUsageThenDone()
    {
        using var http = _host.CreateClient();

        using var response = await http.PostAsJsonAsync(Path, new { model = "onnxchat", stream = true, stream_options = new { include_usage = true }, messages = Messages("hello") }, Cancelled);
        var events = (await response.Content.ReadAsStringAsync(Cancelled)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.All(events, sent => Assert.StartsWith("data: ", sent, StringComparison.Ordinal));
        Assert.Equal("data: [DONE]", events[^1]);
        var chunks = events[..^1].Select(sent => JsonNode.Parse(sent["data: ".Length..])!).ToList();
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", (string?)chunk["object"]));
        Assert.Single(chunks.Select(chunk => (string?)chunk["id"]).Distinct());
        Assert.Equal("assistant", (string?)chunks[0]["choices"]![0]!["delta"]!["role"]);
        Assert.Equal("Answer to hello", string.Concat(chunks.SelectMany(chunk => chunk["choices"]!.AsArray()).Select(choice => (string?)choice!["delta"]!["content"])));
        Assert.Equal("stop", (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
    }

    [Fact]
    public async Task Post_EverySetting_ReachesTheModel()
    {
        var model = new NotingChatClient();
        await using var host = new TestHost { Model = model };
        using var http = host.CreateClient();

        using var response = await http.PostAsJsonAsync(
            Path,
            new
            {
                model = "onnxchat",
                messages = new object[]
                {
                    new { role = "developer", content = "Be brief." },
                    new { role = "user", content = new[] { new { type = "text", text = "a " }, new { type = "text", text = "question" } } },
                },
                temperature = 0.5,
                top_p = 0.25,
                top_k = 7,
                seed = 42,
                max_tokens = 9,
                max_completion_tokens = 11,
                stop = new[] { "x", "y" },
                n = 1,
                user = "u1",
                frequency_penalty = 0,
                logprobs = false,
                response_format = new { type = "text" },
                tools = Array.Empty<object>(),
            },
            Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var (messages, options) = model.Request!.Value;
        Assert.Equal([(ChatRole.System, "Be brief."), (ChatRole.User, "a question")], messages.Select(message => (message.Role, message.Text)));
        Assert.Equal((0.5f, 0.25f, 7, 42L, 11), (options.Temperature, options.TopP, options.TopK, options.Seed, options.MaxOutputTokens));
        Assert.Equal(["x", "y"], options.StopSequences);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", 400, "model")]
    [InlineData("""{"model":"onnxchat"}""", 400, "messages")]
    [InlineData("""{"model":"onnxchat","messages":[]}""", 400, "messages")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"assistant","content":"x"}]}""", 400, "messages")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"tool","content":"x"}]}""", 400, "messages[0].role")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", 400, "messages[0].content")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"n":2}""", 400, "n")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"logprobs":true}""", 400, "logprobs")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"presence_penalty":0.5}""", 400, "presence_penalty")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function"}]}""", 400, "tools")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}""", 400, "response_format")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"nonsense":1}""", 400, "nonsense")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"temperature":3}""", 400, "temperature")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"max_tokens":0}""", 400, "max_tokens")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"x"}],"stop":["a","b","c","d","e"]}""", 400, "stop")]
    [InlineData("""{"model":"gpt-4o","messages":[{"role":"user","content":"x"}]}""", 404, "model")]
    [InlineData("""{"model":"onnxchat","messages":[{"role":"user","content":"\ud800"}]}""", 400, null)]
    [InlineData("not json", 400, null)]
    [InlineData("[]", 400, null)]
    public async Task Post_BadRequest_IsRefusedByName(string body, int status, string? param)
    {
        using var http = _host.CreateClient();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await http.PostAsync(Path, content, Cancelled);
        var error = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["error"]!;

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(("invalid_request_error", param), ((string?)error["type"], (string?)error["param"]));
        Assert.NotEqual("", (string?)error["message"]);
    }

    [Fact]
    public async Task Post_NoJsonOrTooLarge_IsRefused()
    {
        using var http = _host.CreateClient();
        using var text = new StringContent("{}", System.Text.Encoding.UTF8, "text/plain");
        using var large = new StringContent(new string(' ', 262_145), System.Text.Encoding.UTF8, "application/json");

        using var first = await http.PostAsync(Path, text, Cancelled);
        using var second = await http.PostAsync(Path, large, Cancelled);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.RequestEntityTooLarge), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_ModelIsBusy_503AndWhenToTryAgain(bool stream)
    {
        await using var host = new TestHost { Model = new ScriptedChatClient((_, _) => throw new OnnxChatBusyException(32)) };
        using var http = host.CreateClient();

        using var response = await http.PostAsJsonAsync(Path, new { model = "onnxchat", stream, messages = Messages("x") }, Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("1", response.Headers.RetryAfter!.ToString());
    }

    [Fact]
    public async Task Post_ModelFails_500WithoutItsWords()
    {
        await using var host = new TestHost { Model = new ScriptedChatClient((_, _) => throw new InvalidOperationException("inner secret")) };
        using var http = host.CreateClient();

        using var response = await http.PostAsJsonAsync(Path, Request("x"), Cancelled);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Contains("inner secret", host.Logs.Text);
    }

    [Fact]
    public async Task Post_ClientLeavesAStream_TheModelIsStopped()
    {
        var model = new WritingChatClient();
        await using var host = new TestHost { Model = model };
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { model = "onnxchat", stream = true, messages = Messages("x") }) };
        model.Write("Because ");
        using (var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled))
        {
            await using var body = await response.Content.ReadAsStreamAsync(Cancelled);
            Assert.True(await body.ReadAsync(new byte[16], Cancelled) > 0);
        }

        await model.GivenUp.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    [Fact]
    public async Task Get_Models_IsTheOneThereIs()
    {
        using var http = _host.CreateClient();

        var list = (await http.GetFromJsonAsync<JsonNode>("/v1/models", Cancelled))!;
        using var other = await http.GetAsync("/v1/models/gpt-4o", Cancelled);

        Assert.Equal("onnxchat", (string?)Assert.Single(list["data"]!.AsArray())!["id"]);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static object Request(string question) => new { model = "onnxchat", messages = Messages(question) };

    private static object[] Messages(string question) => [new { role = "user", content = question }];
}
