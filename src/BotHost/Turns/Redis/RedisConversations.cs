using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Channels.DirectLine;
using StackExchange.Redis;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>
/// Direct Line's conversations, for every host. What is said is a stream with the activities' numbers as its ids; each is published
/// too, and a host that shows the conversation to clients hears it, whichever host it was said at.
/// </summary>
internal sealed partial class RedisConversations : IConversationStore, IAsyncDisposable
{
    private const string Shown = "shown";
    private const byte Separator = (byte)':';
    private static readonly byte[] ForgottenMessage = "forgotten"u8.ToArray();
    private static readonly byte[] InPassing = "0:"u8.ToArray();

    private readonly ConcurrentDictionary<string, Following> _followed = [];
    private readonly RedisStore _store;
    private readonly DirectLineOptions _options;
    private readonly ILogger<RedisConversations> _logger;
    private Task _catchingUp = Task.CompletedTask;

    public RedisConversations(RedisStore store, IOptions<DirectLineOptions> options, ILogger<RedisConversations> logger)
    {
        (_store, _options, _logger) = (store, options.Value, logger);
        _store.Restored += CatchUp;
    }

    public event Action<ShownActivity>? Appended;

    public event Action<string, byte[]>? Passed;

    public event Action<string>? Forgotten;

    public async Task FollowAsync(string id)
    {
        var followed = new FollowedConversation(after => ReadAfterAsync(id, after), activity => Appended?.Invoke(activity));
        var heard = await _store.SubscribeAsync(Shown, id);
        if (!_followed.TryAdd(id, new Following(followed, heard)))
        {
            await heard.UnsubscribeAsync();
            return;
        }

        heard.OnMessage(message => HearAsync(id, followed, (byte[])message.Message!));
    }

    public void Unfollow(string id)
    {
        if (_followed.TryRemove(id, out var following))
            following.Heard.Unsubscribe(CommandFlags.FireAndForget);
    }

    public async Task<bool> StartAsync(string id, string userId) =>
        (bool)await _store.RunAsync(RedisScript.Start, id, userId, RedisLine.Of(Microsoft.Bot.Connector.Channels.Webchat, id), _options.MaxConversations);

    public async Task<StoredConversation?> FindAsync(string id)
    {
        var found = await _store.RunAsync(RedisScript.Find, id);
        if (found.IsNull)
            return null;

        var parts = (RedisResult[])found!;
        return new StoredConversation((string)parts[0]!, _store.Time((long)(double)parts[1]), [.. ((RedisResult[])parts[2]!).Select(entry => Read(id, entry))]);
    }

    public async Task<bool> AppendAsync(string id, byte[] activity)
    {
        var number = (long)await _store.RunAsync(RedisScript.Append, id, activity, _options.MaxActivitiesPerConversation, _options.MaxBytesPerConversation);
        await ShowAsync(id, [number], [activity]);
        return number > 0;
    }

    public void ShowInPassing(string id, byte[] activity) => _store.Publish(Shown, id, (byte[])[.. InPassing, .. activity]);

    // Only where it is still there: the sweep at another host may have been quicker.
    public Task TouchAsync(string id) => _store.DoAsync(database => database.SortedSetAddAsync(_store.Key("conversations"), id, _store.Now, SortedSetWhen.Exists));

    public async Task<IReadOnlyList<string>> ForgetIdleAsync(DateTimeOffset untouchedSince) =>
        (string[])(await _store.RunAsync(RedisScript.ForgetIdle, _store.Milliseconds(untouchedSince)))!;

    public async Task<bool> ForgetAsync(string id) => (bool)await _store.RunAsync(RedisScript.Forget, id);

    /// <summary>Shows what this host has added to its own clients, before they can ask for it.</summary>
    public async Task ShowAsync(string id, IReadOnlyList<long> numbers, IReadOnlyList<byte[]> activities)
    {
        if (!_followed.TryGetValue(id, out var following))
            return;
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] > 0)
                await TryAsync(() => following.Conversation.ShowAsync(new ShownActivity(id, numbers[i], activities[i])));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _store.Restored -= CatchUp;
        await _catchingUp.WaitAsync(CancellationToken.None);
    }

    private async Task HearAsync(string id, FollowedConversation followed, byte[] message)
    {
        if (message.AsSpan().SequenceEqual(ForgottenMessage))
        {
            Forgotten?.Invoke(id);
            return;
        }

        var json = message.AsSpan()[(message.AsSpan().IndexOf(Separator) + 1)..].ToArray();
        if (Utf8Parser.TryParse(message, out long number, out _) && number > 0)
            await TryAsync(() => followed.ShowAsync(new ShownActivity(id, number, json)));
        else
            Passed?.Invoke(id, json);
    }

    private void CatchUp() => _catchingUp = Task.WhenAll(_followed.Select(followed => TryAsync(() => CatchUpAsync(followed.Key, followed.Value.Conversation))));

    private async Task CatchUpAsync(string id, FollowedConversation followed)
    {
        await followed.CatchUpAsync();
        if (!await _store.DoAsync(database => database.KeyExistsAsync(_store.Key("conversation", id))))
            Forgotten?.Invoke(id);
    }

    // What is shown late is in the store: the next activity, or the next connection, brings it.
    private async Task TryAsync(Func<Task> show)
    {
        try
        {
            await show();
        }
        catch (TurnInboxException e)
        {
            LogUnshown(e);
        }
    }

    private async Task<IReadOnlyList<ShownActivity>> ReadAfterAsync(string id, long number)
    {
        var entries = await _store.DoAsync(database => database.StreamRangeAsync(_store.Key("said", id), $"{number + 1}-0"));
        return [.. entries.Select(entry => new ShownActivity(id, NumberOf(entry.Id!), (byte[])entry["json"]!))];
    }

    private static ShownActivity Read(string id, RedisResult entry)
    {
        var (name, fields) = (entry[0], (RedisValue[])entry[1]!);
        return new ShownActivity(id, NumberOf((string)name!), (byte[])fields[1]!);
    }

    private static long NumberOf(string entryId) => long.Parse(entryId.AsSpan(0, entryId.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A conversation's clients here do not see everything yet: the store cannot be read.")]
    private partial void LogUnshown(Exception exception);

    private sealed record Following(FollowedConversation Conversation, ChannelMessageQueue Heard);
}
