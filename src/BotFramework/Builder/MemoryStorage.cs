using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Builder;

/// <summary>Keeps objects in this process: for tests, and for bots that may forget when they stop.</summary>
/// <remarks>
/// Objects are kept as JSON, so what is read is a copy. An object comes back as the type that it was written as; objects within
/// it as the types that its members declare. No type name is stored: what a channel sends cannot choose a type.
/// </remarks>
public class MemoryStorage : IStorage
{
    private const string ETagProperty = "eTag";

    private readonly Lock _lock = new();
    private readonly JsonSerializer _serializer;
    private readonly Dictionary<string, JObject> _items;
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private long _lastETag;

    public MemoryStorage(JsonSerializer jsonSerializer, Dictionary<string, JObject> dictionary = null)
    {
        ArgumentNullException.ThrowIfNull(jsonSerializer);
        _serializer = jsonSerializer;
        _items = dictionary ?? [];
    }

    public MemoryStorage(Dictionary<string, JObject> dictionary = null)
        : this(new JsonSerializer { ReferenceLoopHandling = ReferenceLoopHandling.Error }, dictionary)
    {
    }

    public Task<IDictionary<string, object>> ReadAsync(string[] keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = new Dictionary<string, object>(keys.Length);
        lock (_lock)
        {
            foreach (var key in keys)
            {
                if (_items.GetValueOrDefault(key) is { } json)
                    found[key] = _types.TryGetValue(key, out var type) ? json.ToObject(type, _serializer) : json.DeepClone();
            }
        }

        return Task.FromResult<IDictionary<string, object>>(found);
    }

    /// <exception cref="ArgumentException">An <see cref="IStoreItem"/> was written by somebody else since it was read.</exception>
    public Task WriteAsync(IDictionary<string, object> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_lock)
        {
            foreach (var (key, value) in changes)
                Write(key, value);
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(string[] keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        lock (_lock)
        {
            foreach (var key in keys)
            {
                _items.Remove(key);
                _types.Remove(key);
            }
        }

        return Task.CompletedTask;
    }

    private void Write(string key, object value)
    {
        if (value is null)
        {
            _items[key] = null;
            _types.Remove(key);
            return;
        }

        var json = JObject.FromObject(value, _serializer);
        if (value is IStoreItem item)
        {
            var stored = (string)_items.GetValueOrDefault(key)?[ETagProperty];
            if (stored is not null && item.ETag != "*" && item.ETag != stored)
                throw new ArgumentException($"'{key}' was read as version '{item.ETag}' and is '{stored}' now (etag conflict). Read it again, or write '*'.");

            // Under one name, whatever the member is called in JSON.
            json.Property(nameof(IStoreItem.ETag), StringComparison.OrdinalIgnoreCase)?.Remove();
            json[ETagProperty] = (++_lastETag).ToString(CultureInfo.InvariantCulture);
        }

        _items[key] = json;
        _types[key] = value.GetType();
    }
}
