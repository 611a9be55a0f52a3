using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Turns;
using OnnxChat.EndToEnd.Redis;

namespace OnnxChat.BotHost.Tests.Turns;

public sealed class RedisTurnInboxTests : TurnInboxTests
{
    private RedisServer _server = null!;
    private RedisHost _host = null!;

    private protected override ITurnInbox Inbox => _host.Inbox;

    private protected override IConversationStore Conversations => _host.Conversations;

    private protected override IHandOffs HandOffs => _host.HandOffs;

    public override async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(TestContext.Current.CancellationToken, "--appendonly", "yes");
        _host = NewHost();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private protected override async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await _server.KillAndStartAsync(TestContext.Current.CancellationToken);
        _host = NewHost();
    }

    private RedisHost NewHost() => new(_server.Address, Options, DirectLine, HandOffOptions, Time);
}
