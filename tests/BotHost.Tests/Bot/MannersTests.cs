using Microsoft.Extensions.AI;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.Tests.Bot;

/// <summary>What the bot says in the Web Chat channel, in each language.</summary>
public sealed class MannersTests
{
    [Theory]
    [InlineData("en-US", "Hello, I am TrailHaven.")]
    [InlineData("fr-FR", "Hello, I am TrailHaven.")]
    [InlineData(null, "Hello, I am TrailHaven.")]
    [InlineData("zh-CN", "您好，我是TrailHaven。")]
    [InlineData("zh-Hans", "您好，我是TrailHaven。")]
    [InlineData("zh", "您好，我是TrailHaven。")]
    public async Task Welcome_Locale_DecidesTheLanguage(string? locale, string start)
    {
        using var host = new TestHost(("OnnxChat:Bot:Name", "TrailHaven"));
        using var client = await DirectLineClient.StartAsync(host, new { locale });

        var replies = await client.RepliesAsync(1);

        Assert.StartsWith(start, Assert.Single(replies));
    }

    [Theory]
    [InlineData("help", "en-US", "I am OnnxChat,")]
    [InlineData("Help?", "en-US", "I am OnnxChat,")]
    [InlineData("/help", "zh-CN", "我是OnnxChat，")]
    [InlineData("帮助", "en-US", "我是OnnxChat，")]
    [InlineData("帮助。", "zh-CN", "我是OnnxChat，")]
    [InlineData("   ", "en-US", "Your message had no text.")]
    [InlineData("", "zh-CN", "您的消息里没有文字")]
    [InlineData("12345678901", "en-US", "Your message has 11 characters, and I can read 10.")]
    [InlineData("一二三四五六七八九十一", "zh-CN", "您的消息有 11 个字符，我最多能读 10 个")]
    public async Task Message_NotForTheModel_GetsASentence(string text, string locale, string start)
    {
        using var model = new ScriptedChatClient();
        using var host = new TestHost(("OnnxChat:Bot:MaxMessageCharacters", "10")) { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);

        await client.SayAsync(text, locale);

        Assert.StartsWith(start, (await client.RepliesAsync(2))[1]);
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task Help_EachLanguage_SaysItDoesNotRemember()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("help");
        await client.SayAsync("帮助");

        var replies = await client.RepliesAsync(3);

        Assert.Contains("do not remember", replies[1]);
        Assert.Contains("不会记住", replies[2]);
    }

    [Fact]
    public async Task Message_AttachmentsOnly_GetsASentence()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        using var posted = await client.PostAsync(new { type = "message", locale = "en-US", attachments = new[] { new { contentType = "image/png", contentUrl = "https://example.org/a.png" } } });

        Assert.StartsWith("I cannot read files or pictures.", (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Message_TextWithAttachment_IsAnsweredAndSaysWhatWasNotRead()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        using var posted = await client.PostAsync(new { type = "message", text = "why?", locale = "en-US", attachments = new[] { new { contentType = "image/png", contentUrl = "https://example.org/a.png" } } });

        Assert.Equal("Answer to why?\n\nI could not look at what you attached: I can read text only.", (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Message_TextAgainAsHtml_IsNoAttachment()
    {
        using var host = new TestHost();
        using var client = await DirectLineClient.StartAsync(host);
        using var posted = await client.PostAsync(new { type = "message", text = "why?", locale = "en-US", attachments = new[] { new { contentType = "text/html", content = "<p>why?</p>" } } });

        Assert.Equal("Answer to why?", (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Message_Question_GoesAloneToTheModelAndComesBackToSayAndSpeak()
    {
        using var model = new ScriptedChatClient();
        using var host = new TestHost { Model = model };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync(" first ");
        await client.SayAsync("second");

        var reply = (await client.ReplyActivitiesAsync(3))[2];

        Assert.Equal("Answer to second", (string)reply["text"]!);
        Assert.Equal("Answer to second", (string)reply["speak"]!);
        Assert.Equal("acceptingInput", (string)reply["inputHint"]!);
        Assert.Equal("plain", (string)reply["textFormat"]!);
        Assert.Equal([[(ChatRole.User, "first")], [(ChatRole.User, "second")]], model.Requests.Select(request => request.Select(message => (message.Role, message.Text)).ToArray()));
    }

    [Theory]
    [InlineData(0.4, "why?", "en-US", "I am not sure of the right answer")]
    [InlineData(0.4, "为什么？", "zh-CN", "这个问题我没有把握")]
    [InlineData(0.8, "why?", "en-US", "Answer to why?")]
    [InlineData(null, "why?", "en-US", "Answer to why?")]
    public async Task Message_ScoreOfTheAnswer_DecidesWhetherItIsSaid(double? score, string text, string locale, string start)
    {
        var confidence = new OnnxChatConfidence(-0.1, -0.5, 0.2) { Score = score, Threshold = score is null ? null : 0.7 };
        using var host = new TestHost { Model = new ScriptedChatClient { Metadata = new() { [OnnxChatConfidence.MetadataKey] = confidence } } };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync(text, locale);

        Assert.StartsWith(start, (await client.RepliesAsync(2))[1]);
        Assert.Equal(score < 0.7, host.Logs.Text.Contains("The answer was kept back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Message_ModelSaysNothing_GetsASentence()
    {
        using var host = new TestHost { Model = new ScriptedChatClient((_, _) => Task.FromResult("  ")) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("what?", "en-US");

        Assert.StartsWith("I have no answer to that.", (await client.RepliesAsync(2))[1]);
    }

    [Fact]
    public async Task Message_AnsweredSoon_TheCustomerSeesNoTyping()
    {
        var release = new TaskCompletionSource<string>();
        using var host = new TestHost { Model = new ScriptedChatClient((_, token) => release.Task.WaitAsync(token)) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        await client.SayAsync("quick");
        await host.Time.WaitOf(TimeSpan.FromMilliseconds(250));

        release.SetResult("done");
        await client.RepliesAsync(2);

        var (activities, _) = await client.ReadAsync();
        Assert.DoesNotContain(activities, activity => (string)activity["type"]! == "typing");
    }

    [Fact]
    public async Task Message_WhileTheModelWorks_TheCustomerSeesTyping()
    {
        var release = new TaskCompletionSource<string>();
        using var host = new TestHost { Model = new ScriptedChatClient((_, token) => release.Task.WaitAsync(token)) };
        using var client = await DirectLineClient.StartAsync(host);
        await client.RepliesAsync(1);
        await client.SayAsync("slow");

        var typing = 0;
        for (var reads = 1; typing < 3; reads++)
        {
            var (activities, _) = await client.ReadAsync();
            typing = activities.Count(activity => (string)activity["type"]! == "typing");
            // The host needs some of the machine's time for each; the conversation must not end meanwhile.
            if (reads % 20 == 0)
                host.Time.Advance(TimeSpan.FromSeconds(3));
        }

        release.SetResult("done");
        Assert.Equal("done", (await client.RepliesAsync(2))[1]);
        var (all, _) = await client.ReadAsync();
        Assert.Equal("message", (string)all[^1]["type"]!);
    }
}
