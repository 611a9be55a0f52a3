using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Builder;

public class BotStateTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly CountingStorage _storage = new();

    [Fact]
    public async Task SaveChanges_NothingChanged_WritesNothing()
    {
        using var turn = Turn();
        var state = new UserState(_storage);

        await state.CreateProperty<int>("n").GetAsync(turn, cancellationToken: Cancelled);
        await state.SaveChangesAsync(turn, cancellationToken: Cancelled);
        Assert.Equal(0, _storage.Writes);

        await state.SaveChangesAsync(turn, force: true, Cancelled);
        Assert.Equal(1, _storage.Writes);
    }

    [Fact]
    public async Task SaveChanges_ObjectChangedWithin_IsReadByTheNextTurn()
    {
        for (var turns = 1; turns <= 3; turns++)
        {
            using var turn = Turn();
            var state = new ConversationState(_storage);
            var list = await state.CreateProperty<List<string>>("list").GetAsync(turn, () => [], Cancelled);
            list.Add($"turn {turns}");
            await state.SaveChangesAsync(turn, cancellationToken: Cancelled);
        }

        Assert.Equal(3, _storage.Writes);
        using var last = Turn();
        var read = await new ConversationState(_storage).CreateProperty<List<string>>("list").GetAsync(last, cancellationToken: Cancelled);
        Assert.Equal(["turn 1", "turn 2", "turn 3"], read);
    }

    [Fact]
    public async Task Get_MissingProperty_IsTheDefaultOrWhatTheFactoryMakes()
    {
        using var turn = Turn();
        var state = new UserState(_storage);

        Assert.Equal(0, await state.CreateProperty<int>("number").GetAsync(turn, cancellationToken: Cancelled));
        Assert.Null(await state.CreateProperty<string>("text").GetAsync(turn, cancellationToken: Cancelled));
        Assert.Equal(5, await state.CreateProperty<int>("number").GetAsync(turn, () => 5, Cancelled));
        Assert.Equal(5, await state.CreateProperty<int>("number").GetAsync(turn, () => 6, Cancelled));
        Assert.Equal(5, (int?)state.Get(turn)["number"]);
    }

    [Fact]
    public async Task Delete_Property_LeavesTheOthers()
    {
        using var turn = Turn();
        var state = new UserState(_storage);
        await state.CreateProperty<string>("a").SetAsync(turn, "1", Cancelled);
        await state.CreateProperty<string>("b").SetAsync(turn, "2", Cancelled);

        await state.CreateProperty<string>("a").DeleteAsync(turn, Cancelled);

        Assert.Equal(["b"], ((JObject)state.Get(turn)).Properties().Select(property => property.Name));
    }

    [Fact]
    public async Task Keys_EachKindOfState_NameItsParts()
    {
        using var turn = Turn();
        var states = new BotStateSet(new UserState(_storage), new ConversationState(_storage)).Add(new PrivateConversationState(_storage));

        await states.LoadAllAsync(turn, cancellationToken: Cancelled);
        await states.SaveAllChangesAsync(turn, force: true, Cancelled);

        Assert.Equal(["test/conversations/c", "test/conversations/c/users/u", "test/users/u"], _storage.Keys.Order());
    }

    [Theory]
    [InlineData(null, "u", "channelId")]
    [InlineData("test", null, "from.id")]
    public async Task Load_ActivityWithoutAPartOfTheKey_NamesIt(string? channel, string? user, string part)
    {
        using var turn = new TurnContext(new QueueAdapter(), new Activity("message") { ChannelId = channel, From = new ChannelAccount(user) });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new UserState(_storage).LoadAsync(turn, cancellationToken: Cancelled));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AutoSave_TurnThatEndsWell_SavesAndOneThatFailsDoesNot()
    {
        var adapter = new QueueAdapter();
        var state = new UserState(_storage);
        adapter.Use(new AutoSaveStateMiddleware(state));
        var property = state.CreateProperty<int>("n");

        using var good = await adapter.RunAsync(Message(), (turn, token) => property.SetAsync(turn, 1, token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => adapter.RunAsync(Message(), async (turn, token) =>
        {
            await property.SetAsync(turn, 2, token);
            throw new InvalidOperationException();
        }));

        using var next = Turn();
        Assert.Equal(1, await property.GetAsync(next, cancellationToken: Cancelled));
    }

    private static TurnContext Turn() => new(new QueueAdapter(), Message());

    private static Activity Message() => new("message") { ChannelId = "test", From = new ChannelAccount("u"), Conversation = new ConversationAccount(id: "c") };

    private sealed class CountingStorage : IStorage
    {
        private readonly MemoryStorage _inner = new();

        public int Writes { get; private set; }

        public List<string> Keys { get; } = [];

        public Task<IDictionary<string, object>> ReadAsync(string[] keys, CancellationToken cancellationToken = default) => _inner.ReadAsync(keys, cancellationToken);

        public Task WriteAsync(IDictionary<string, object> changes, CancellationToken cancellationToken = default)
        {
            Writes++;
            Keys.AddRange(changes.Keys);
            return _inner.WriteAsync(changes, cancellationToken);
        }

        public Task DeleteAsync(string[] keys, CancellationToken cancellationToken = default) => _inner.DeleteAsync(keys, cancellationToken);
    }
}
