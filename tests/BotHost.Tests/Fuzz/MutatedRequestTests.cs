using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OnnxChat.BotHost.Tests.Fuzz;

/// <summary>Whatever arrives, the host says what is wrong with it. A failure names the request that it could not take.</summary>
public sealed class MutatedRequestTests
{
    private const int Requests = 100_000;
    private const int Batch = 500;
    private const int MostShown = 5;
    private const string MessagesPath = "/api/messages";

    private const string Message = """
        {"type":"message","id":"m1","timestamp":"2026-03-01T12:00:00.123Z","localTimestamp":"2026-03-01T14:00:00+02:00","channelId":"msteams","serviceUrl":"http://localhost:1/",
        "from":{"id":"u1","name":"Ann","aadObjectId":"a"},"conversation":{"id":"c1","isGroup":false,"conversationType":"personal","tenantId":"t"},"recipient":{"id":"b1","name":"Bot"},
        "text":"where is my order","textFormat":"plain","locale":"en-US","entities":[{"type":"mention","text":"<at>Bot</at>","mentioned":{"id":"b1","name":"Bot"}},{"type":"clientInfo","country":"US"}],
        "attachments":[{"contentType":"image/png","contentUrl":"http://localhost:1/x.png","name":"x","content":{"a":[1]}}],"channelData":{"tenant":{"id":"t"},"clientActivityID":"1"},"deliveryMode":"expectReplies"}
        """;

    private const string Invoke = """
        {"type":"invoke","id":"i1","name":"message/submitAction","channelId":"msteams","serviceUrl":"http://localhost:1/","from":{"id":"u1"},"conversation":{"id":"c1"},"recipient":{"id":"b1"},
        "replyToId":"r1","value":{"actionName":"feedback","actionValue":{"reaction":"like","feedback":"{\"feedbackText\":\"good\"}"}}}
        """;

    private const string Update = """
        {"type":"conversationUpdate","id":"c1","channelId":"emulator","serviceUrl":"http://localhost:1/","from":{"id":"u1"},"conversation":{"id":"c2"},"recipient":{"id":"b1"},
        "membersAdded":[{"id":"u1"},{"id":"b1"}],"membersRemoved":[],"channelData":{"eventType":"teamMemberAdded","team":{"id":"t"}}}
        """;

    private const string Event = """
        {"type":"event","id":"e1","name":"handoff.status","channelId":"webchat","serviceUrl":"http://localhost:1/","from":{"id":"u1"},"conversation":{"id":"c1"},"recipient":{"id":"b1"},"value":{"state":"completed"}}
        """;

    private const string Reaction = """
        {"type":"messageReaction","id":"x1","channelId":"msteams","serviceUrl":"http://localhost:1/","from":{"id":"u1"},"conversation":{"id":"c1"},"recipient":{"id":"b1"},"reactionsAdded":[{"type":"like"}],"replyToId":"m1"}
        """;

    private const string Completion = """
        {"model":"onnxchat","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"where is my order"}]},{"role":"assistant","content":null},{"role":"user","content":"and now?"}],
        "stream":false,"stream_options":{"include_usage":true},"temperature":0.5,"top_p":0.3,"top_k":50,"seed":1,"max_tokens":20,"max_completion_tokens":30,"stop":["x"],"n":1,"user":"u","logit_bias":{},"tools":[],"response_format":{"type":"text"}}
        """;

    /// <summary>Bodies for <c>/v1/chat/completions</c>; ONNXCHAT_TEST_FUZZ_BODIES asks for more.</summary>
    private static int CompletionBodies =>
        int.TryParse(Environment.GetEnvironmentVariable("ONNXCHAT_TEST_FUZZ_BODIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var bodies) ? Math.Max(Batch, bodies / Batch * Batch) : 5_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_WithoutAuthentication_AnswersEveryMutatedRequest()
    {
        await using var host = new FuzzHost(("OnnxChat:DirectLine:MaxStartsPerMinute", "100000"), ("OnnxChat:DirectLine:MaxConversations", "100"));
        await AnswersAsync(host, [.. Messages(null), .. await DirectLineAsync(host)], Requests * 3 / 4, (_, _) => true);
    }

    [Fact]
    public async Task Host_WithAuthentication_AnswersEveryMutatedRequest()
    {
        await using var host = new FuzzHost(("MicrosoftAppId", "11111111-1111-1111-1111-111111111111"), ("MicrosoftAppPassword", "secret"), ("MicrosoftAppType", "MultiTenant"));
        // None of the tokens is signed, so no message gets through.
        var statuses = await AnswersAsync(host, Messages(Token()), Requests / 4, (request, status) => status != StatusCodes.Status200OK || request.Path != MessagesPath);

        Assert.InRange(statuses[StatusCodes.Status401Unauthorized], Requests / 16, Requests / 4);
    }

    [Fact]
    public async Task Completions_MutatedBodies_AreAnsweredOrRefused()
    {
        await using var host = new FuzzHost();
        // The model here is never busy, so nothing from 500 on is right.
        var statuses = await AnswersAsync(host, Completions(), CompletionBodies, (_, status) => status is >= 200 and < 300 or >= 400 and < 500, (mutator, seed) => mutator.MutateBody(seed));

        Assert.True(statuses.ContainsKey(StatusCodes.Status200OK) && statuses.ContainsKey(StatusCodes.Status400BadRequest), "The bodies were all alike.");
    }

    private static async Task<IReadOnlyDictionary<int, int>> AnswersAsync(
        FuzzHost host, RequestSeed[] seeds, int requests, Func<MutatedRequest, int, bool> isFine, Func<RequestMutator, RequestSeed, MutatedRequest>? mutate = null)
    {
        mutate ??= (mutator, seed) => mutator.Mutate(seed);
        var statuses = new ConcurrentDictionary<int, int>();
        var failures = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, requests / Batch, Cancelled, async (batch, cancellationToken) =>
        {
            var random = new Random(batch);
            var mutator = new RequestMutator(random);
            for (var i = 0; i < Batch; i++)
            {
                var request = mutate(mutator, seeds[random.Next(seeds.Length)]);
                try
                {
                    var status = await host.SendAsync(request, cancellationToken).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
                    statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                    if (status is >= 500 and not (StatusCodes.Status501NotImplemented or StatusCodes.Status503ServiceUnavailable) || !isFine(request, status))
                        failures.Add($"{status}: {request}");
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    failures.Add($"{e}: {request}");
                }
            }
        });

        Assert.True(failures.IsEmpty, $"{failures.Count} of {requests} requests failed:\n\n{string.Join("\n\n", failures.Take(MostShown))}");
        Assert.Equal(requests, statuses.Values.Sum());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        return statuses;
    }

    private static RequestSeed[] Messages(string? authorization) =>
        [.. new[] { Message, Invoke, Update, Event, Reaction }.Select(activity => new RequestSeed("POST", MessagesPath, Body: activity) { Authorization = authorization })];

    private static RequestSeed[] Completions() =>
    [
        new("POST", "/v1/chat/completions", Body: Completion),
        new("POST", "/v1/chat/completions", Body: Completion.Replace("\"stream\":false", "\"stream\":true", StringComparison.Ordinal)),
    ];

    private static async Task<RequestSeed[]> DirectLineAsync(FuzzHost host)
    {
        using var http = host.CreateClient();
        using var generated = await http.PostAsync("/v3/directline/tokens/generate", null, Cancelled);
        var token = JsonNode.Parse(await generated.Content.ReadAsStringAsync(Cancelled))!;
        var id = (string)token["conversationId"]!;
        var bearer = $"Bearer {token["token"]}";
        RequestSeed[] seeds =
        [
            new("POST", "/v3/directline/tokens/generate", Body: """{"user":{"id":"dl_1","name":"Ann"},"trustedOrigins":["http://localhost"]}"""),
            new("POST", "/v3/directline/tokens/refresh"),
            new("POST", "/v3/directline/conversations", Body: """{"locale":"zh-Hans","user":{"id":"dl_1"}}"""),
            new("GET", $"/v3/directline/conversations/{id}", "?watermark=1"),
            new("GET", $"/v3/directline/conversations/{id}/activities", "?watermark=1"),
            new("POST", $"/v3/directline/conversations/{id}/activities", Body: Message),
            new("POST", $"/v3/directline/conversations/{id}/activities", Body: """{"type":"event","name":"webchat/join","value":{"language":"en"},"from":{"id":"dl_1"}}"""),
            new("POST", $"/v3/directline/conversations/{id}/upload", "?userId=dl_1", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--") { ContentType = "multipart/form-data; boundary=b" },
            new("GET", $"/v3/directline/conversations/{id}/stream", $"?t={token["token"]}"),
            new("GET", "/v3/directline/session/getsessionid"),
            .. Completions(),
            new("GET", "/v1/models"),
            new("GET", "/v1/models/onnxchat"),
            new("GET", "/"),
            new("GET", "/webchat/webchat.js"),
            new("GET", "/healthz"),
            new("GET", "/api/turns/dead"),
            new("POST", "/api/turns/dead/1/replay"),
            new("GET", "/desk"),
            new("GET", "/desk/api/conversations"),
            new("GET", $"/desk/api/conversations/{id}/activities", "?watermark=1"),
            new("POST", $"/desk/api/conversations/{id}/take", Body: """{"name":"Bo"}"""),
            new("POST", $"/desk/api/conversations/{id}/messages", Body: """{"name":"Bo","text":"hello"}"""),
            new("POST", $"/desk/api/conversations/{id}/return", Body: """{"name":"Bo"}"""),
        ];
        return [.. seeds.Select(seed => seed with { Authorization = bearer })];
    }

    /// <summary>A token of the right form that nobody signed.</summary>
    private static string Token()
    {
        return $"Bearer {Part("""{"alg":"RS256","kid":"k1","typ":"JWT"}""")}.{Part("""{"iss":"https://api.botframework.com","aud":"11111111-1111-1111-1111-111111111111","exp":4102444800,"nbf":1,"serviceurl":"http://localhost:1/"}""")}.{Part("signature")}";

        static string Part(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
