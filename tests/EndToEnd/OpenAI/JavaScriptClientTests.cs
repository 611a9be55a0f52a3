using System.Text.Json.Nodes;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.OpenAI;

/// <summary>OpenAI's client for JavaScript before the starter model.</summary>
public sealed class JavaScriptClientTests(StarterHost host)
{
    private const string Ask = """
        const OpenAI = require('openai');
        const [address, question] = process.argv.slice(1);
        const client = new OpenAI({ baseURL: new URL('v1', address).href, apiKey: 'none', maxRetries: 0 });
        const messages = [{ role: 'user', content: question }];
        (async () => {
          const model = (await client.models.list()).data[0].id;
          const whole = await client.chat.completions.create({ model, messages, temperature: 0 });
          let streamed = '', usage;
          for await (const chunk of await client.chat.completions.create({ model, messages, temperature: 0, stream: true, stream_options: { include_usage: true } })) {
            streamed += chunk.choices[0]?.delta?.content ?? '';
            usage = chunk.usage ?? usage;
          }
          const cut = await client.chat.completions.create({ model, messages, temperature: 0, max_completion_tokens: 2 });
          const refused = await client.chat.completions.create({ model, messages, n: 2 }).catch(error => ({ status: error.status, param: error.param }));
          console.log('answer ' + JSON.stringify({
            whole: whole.choices[0].message.content, finish: whole.choices[0].finish_reason, tokens: whole.usage.completion_tokens,
            streamed, streamedTokens: usage.completion_tokens, cut: cut.choices[0].finish_reason, refused,
          }));
        })().catch(error => console.log('answer ' + JSON.stringify({ error: String(error) })));
        """;

    [Fact]
    public async Task Completions_WholeStreamedCutAndRefused_AreWhatTheClientExpects()
    {
        var (node, modules) = Requires.OpenAI();
        var conversation = StarterConversation.About("怎么退货？");
        await using var program = ProgramProcess.Start(node, ["-e", Ask, host.Address.ToString(), conversation.Question], ("NODE_PATH", modules));

        var answer = JsonNode.Parse(await program.WaitForAsync("answer", TestContext.Current.CancellationToken))!;

        Assert.Equal((conversation.Reply, conversation.Reply), ((string?)answer["whole"], (string?)answer["streamed"]));
        Assert.Equal(("stop", "length"), ((string?)answer["finish"], (string?)answer["cut"]));
        Assert.Equal((int?)answer["tokens"], (int?)answer["streamedTokens"]);
        Assert.InRange((int)answer["tokens"]!, 2, 128);
        Assert.Equal((400, "n"), ((int?)answer["refused"]!["status"], (string?)answer["refused"]!["param"]));
    }
}
