using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Desk;
using OnnxChat.BotHost.Review;
using OnnxChat.BotHost.Turns;
using OnnxChat.BotHost.Turns.Redis;

namespace OnnxChat.BotHost.Tests.Turns;

/// <summary>What one host keeps on a Redis server.</summary>
internal sealed class RedisHost : IAsyncDisposable
{
    public RedisHost(string connection, TurnsOptions turns, DirectLineOptions directLine, HandOffOptions handOffs, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Redis", connection)]).Build();
        var (turnOptions, directLineOptions) = (Microsoft.Extensions.Options.Options.Create(turns), Microsoft.Extensions.Options.Options.Create(directLine));
        Store = new RedisStore(configuration, turnOptions, time, NullLogger<RedisStore>.Instance);
        Conversations = new RedisConversations(Store, directLineOptions, NullLogger<RedisConversations>.Instance);
        Inbox = new RedisTurnInbox(Store, Conversations, turnOptions, directLineOptions, time);
        HandOffs = new RedisHandOffs(Store, Microsoft.Extensions.Options.Options.Create(handOffs));
        Rates = new RedisRateWindows(Store);
        Attendance = new RedisDeskAttendance(Store, Microsoft.Extensions.Options.Options.Create(new DeskOptions()));
        Transcripts = new RedisTranscripts(Store, Microsoft.Extensions.Options.Options.Create(handOffs));
        Unrated = new RedisUnratedReplies(Store, Microsoft.Extensions.Options.Options.Create(new ReviewOptions { MaxUnratedReplies = 2 }));
    }

    public RedisStore Store { get; }

    public RedisConversations Conversations { get; }

    public RedisTurnInbox Inbox { get; }

    public RedisHandOffs HandOffs { get; }

    public RedisRateWindows Rates { get; }

    public RedisDeskAttendance Attendance { get; }

    public RedisTranscripts Transcripts { get; }

    public RedisUnratedReplies Unrated { get; }

    public async ValueTask DisposeAsync()
    {
        Rates.Dispose();
        await Conversations.DisposeAsync();
        await Store.DisposeAsync();
    }
}
