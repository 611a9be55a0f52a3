using System.Text.Json.Nodes;
using OnnxChat.EndToEnd.Hosting;

namespace OnnxChat.EndToEnd.Messages;

/// <summary>Another bot that calls this one through the Bot Framework SDK for JavaScript, as one calls a skill.</summary>
public sealed class JavaScriptConnectorTests(StarterHost host)
{
    private const string Call = """
        const { BotFrameworkAuthenticationFactory, PasswordServiceClientCredentialFactory } = require('botframework-connector');
        const [address, text, deliveryMode] = process.argv.slice(1);
        const activity = {
          type: 'message', id: `js-${Date.now()}`, channelId: 'emulator', locale: 'zh-CN', text, deliveryMode,
          from: { id: 'parent', role: 'user' }, recipient: { id: 'bot', role: 'skill' }, conversation: { id: 'parent' }, serviceUrl: 'http://127.0.0.1:1',
        };
        const unset = new Array(9).fill(undefined);
        BotFrameworkAuthenticationFactory.create(...unset, new PasswordServiceClientCredentialFactory('', '')).createBotFrameworkClient()
          .postActivity('', '', new URL('/api/messages', address).href, 'http://127.0.0.1:1', `c-${Date.now()}`, activity)
          .then(answer => console.log('answer ' + JSON.stringify(answer)), error => console.log('answer ' + JSON.stringify({ error: error.stack })));
        """;

    [Fact]
    public async Task PostActivity_ExpectingReplies_GetsTheReply()
    {
        var conversation = StarterConversation.About("怎么退货？");

        var answer = await CallAsync(conversation.Question, "expectReplies");

        Assert.Equal(200, (int?)answer["status"]);
        var reply = answer["body"]!["activities"]!.AsArray().Single(activity => (string?)activity!["type"] == "message");
        Assert.Equal(conversation.Reply, (string?)reply!["text"]);
        Assert.Equal("parent", (string?)reply["recipient"]!["id"]);
    }

    private async Task<JsonNode> CallAsync(string text, string deliveryMode)
    {
        var (node, modules) = Requires.JavaScriptSdk();
        await using var program = ProgramProcess.Start(node, ["-e", Call, host.Address.ToString(), text, deliveryMode], ("NODE_PATH", modules));
        return JsonNode.Parse(await program.WaitForAsync("answer", TestContext.Current.CancellationToken))!;
    }
}
