using System.Security.Cryptography;
using System.Text;
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>The activities that had their turn a while ago, or have it now: channels deliver some twice.</summary>
/// <remarks>What is remembered is bounded by the settings, whatever the channels send: ids are kept as hashes of one length.</remarks>
internal sealed class HandledActivities(BotFrameworkSettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Delivery> _deliveries = new(StringComparer.Ordinal);
    private readonly Queue<Delivery> _byAge = new();

    /// <summary>Claims the turn of an activity, after waiting for a turn of the same activity that is running.</summary>
    /// <returns>The claim, to be ended; null where the activity had its turn.</returns>
    internal async Task<Delivery> TryBeginAsync(Activity activity, CancellationToken cancellationToken)
    {
        var key = KeyOf(activity);
        while (true)
        {
            var delivery = Find(key, out var isNew);
            if (isNew)
                return delivery;

            // A turn that failed may be had again: the channel has delivered it a second time for that.
            if (await delivery.WaitAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    internal void End(Delivery delivery, bool handled)
    {
        lock (_lock)
        {
            if (!handled && _deliveries.GetValueOrDefault(delivery.Key) == delivery)
                _deliveries.Remove(delivery.Key);
        }

        delivery.End(handled);
    }

    private Delivery Find(string key, out bool isNew)
    {
        var now = settings.TimeProvider.GetUtcNow();
        lock (_lock)
        {
            Forget(now);
            if (_deliveries.TryGetValue(key, out var known))
            {
                isNew = false;
                return known;
            }

            var delivery = new Delivery(key, now);
            _deliveries.Add(key, delivery);
            _byAge.Enqueue(delivery);
            isNew = true;
            return delivery;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_byAge.TryPeek(out var oldest) && (_byAge.Count >= settings.DuplicateCapacity || now - oldest.BeganAt >= settings.DuplicateWindow))
        {
            _byAge.Dequeue();
            if (_deliveries.GetValueOrDefault(oldest.Key) == oldest)
                _deliveries.Remove(oldest.Key);
        }
    }

    private static string KeyOf(Activity activity)
    {
        var conversation = activity.Conversation?.Id ?? "";
        // The edits of a message bear the id of the message.
        var edit = activity.Type is ActivityTypes.MessageUpdate or ActivityTypes.MessageDelete ? $"{activity.Type} {activity.Timestamp:O}" : "";
        var name = $"{activity.ChannelId?.Length}:{activity.ChannelId}{conversation.Length}:{conversation}{activity.Id.Length}:{activity.Id}{edit}";
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }

    internal sealed class Delivery(string key, DateTimeOffset beganAt)
    {
        private readonly TaskCompletionSource<bool> _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal string Key => key;

        internal DateTimeOffset BeganAt => beganAt;

        internal Task<bool> WaitAsync(CancellationToken cancellationToken) => _handled.Task.WaitAsync(cancellationToken);

        internal void End(bool handled) => _handled.TrySetResult(handled);
    }
}
