using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Builder;

/// <summary>What a bot remembers from turn to turn, under a key of the turn's: read at first use, written by <see cref="SaveChangesAsync"/>.</summary>
public abstract partial class BotState : IPropertyManager
{
    private readonly IStorage _storage;
    private readonly string _contextServiceKey;

    public BotState(IStorage storage, string contextServiceKey)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(contextServiceKey);
        _storage = storage;
        _contextServiceKey = contextServiceKey;
    }

    public IStatePropertyAccessor<T> CreateProperty<T>(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Accessor<T>(this, name);
    }

    /// <summary>Reads the state into the turn; again, and without its changes, where <paramref name="force"/> is set.</summary>
    public virtual async Task LoadAsync(ITurnContext turnContext, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        if (!force && GetCachedState(turnContext)?.State is not null)
            return;

        var key = GetStorageKey(turnContext);
        var items = await _storage.ReadAsync([key], cancellationToken).ConfigureAwait(false);
        turnContext.TurnState[_contextServiceKey] = items.TryGetValue(key, out var stored) && stored is not null
            ? new CachedBotState(ReadState(key, stored))
            : new CachedBotState();
    }

    /// <summary>Writes the state if it has changed in this turn, or in any case where <paramref name="force"/> is set.</summary>
    public virtual async Task SaveChangesAsync(ITurnContext turnContext, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        if (GetCachedState(turnContext) is not { } cached || !(force || cached.IsChanged))
            return;

        var changes = new Dictionary<string, object> { [GetStorageKey(turnContext)] = cached.State };
        await _storage.WriteAsync(changes, cancellationToken).ConfigureAwait(false);
        cached.NoteAsSaved();
    }

    /// <summary>Empties the state; it is gone once it is saved.</summary>
    public virtual Task ClearStateAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        var empty = new CachedBotState();
        empty.NoteAsChanged();
        turnContext.TurnState[_contextServiceKey] = empty;
        return Task.CompletedTask;
    }

    /// <summary>Takes the state out of the turn and out of the storage.</summary>
    public virtual Task DeleteAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        turnContext.TurnState.Remove(_contextServiceKey);
        return _storage.DeleteAsync([GetStorageKey(turnContext)], cancellationToken);
    }

    /// <summary>The loaded state as JSON; null before it is loaded.</summary>
    public JToken Get(ITurnContext turnContext) => GetCachedState(turnContext)?.State is { } state ? JObject.FromObject(state) : null;

    public CachedBotState GetCachedState(ITurnContext turnContext)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        return turnContext.TurnState.Get<CachedBotState>(_contextServiceKey);
    }

    /// <summary>The key that the turn's state is stored under.</summary>
    protected abstract string GetStorageKey(ITurnContext turnContext);

    /// <exception cref="KeyNotFoundException">There is none, and <typeparamref name="T"/> has no null.</exception>
    protected Task<T> GetPropertyValueAsync<T>(ITurnContext turnContext, string propertyName, CancellationToken cancellationToken = default)
    {
        var state = LoadedState(turnContext, propertyName);
        if (!state.TryGetValue(propertyName, out var value))
            return default(T) is null ? Task.FromResult(default(T)) : throw new KeyNotFoundException($"The state has no '{propertyName}'.");

        if (value is null or T)
            return Task.FromResult((T)value);

        // A storage gives back JSON. What it becomes takes its place, so that what the bot changes in it is saved.
        var read = JToken.FromObject(value).ToObject<T>();
        state[propertyName] = read;
        return Task.FromResult(read);
    }

    protected Task SetPropertyValueAsync(ITurnContext turnContext, string propertyName, object value, CancellationToken cancellationToken = default)
    {
        LoadedState(turnContext, propertyName)[propertyName] = value;
        return Task.CompletedTask;
    }

    protected Task DeletePropertyValueAsync(ITurnContext turnContext, string propertyName, CancellationToken cancellationToken = default)
    {
        LoadedState(turnContext, propertyName).Remove(propertyName);
        return Task.CompletedTask;
    }

    private IDictionary<string, object> LoadedState(ITurnContext turnContext, string propertyName)
    {
        ArgumentNullException.ThrowIfNull(propertyName);
        return GetCachedState(turnContext)?.State
            ?? throw new InvalidOperationException($"The state that holds '{propertyName}' is not loaded in this turn. Call LoadAsync first, or use an accessor.");
    }

    private static IDictionary<string, object> ReadState(string key, object stored) => stored switch
    {
        IDictionary<string, object> state => state,
        JObject json => json.ToObject<Dictionary<string, object>>(),
        _ => throw new InvalidOperationException($"The storage has a {stored.GetType().Name} under '{key}', which is no bot's state."),
    };
}
